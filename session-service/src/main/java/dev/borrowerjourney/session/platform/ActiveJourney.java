package dev.borrowerjourney.session.platform;

import org.jspecify.annotations.Nullable;

/**
 * A journey as the platform's short answers name it.
 *
 * @param nextAction what the borrower has to do next, or null if nothing
 */
public record ActiveJourney(
        String journeyId, String status, @Nullable String nextAction) {}
