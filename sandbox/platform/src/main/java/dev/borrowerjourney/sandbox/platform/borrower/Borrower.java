package dev.borrowerjourney.sandbox.platform.borrower;

import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_ANSWERS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything the platform knows of one borrower. Immutable, so that a reader sees one moment and never half a change.
 *
 * @param formatVersion of the file
 * @param data profile, workProfile, address, bankingInformation; nobody changes this node in place
 */
public record Borrower(
        int formatVersion,
        String borrowerId,
        String externalId,
        UUID tenantId,
        UUID applicationId,
        ObjectNode data,
        List<Session> sessions,
        List<Journey> journeys,
        List<Snapshot> snapshots,
        List<StoredAnswer> answers) {

    static final int FORMAT = 1;

    public static Borrower unknown(BorrowerRef ref, UUID tenantId) {
        return new Borrower(
                FORMAT,
                UUID.randomUUID().toString(),
                ref.externalId(),
                tenantId,
                ref.applicationId(),
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public BorrowerRef ref() {
        return new BorrowerRef(applicationId, externalId);
    }

    public Optional<Journey> journey(String journeyId) {
        return find(journey -> journey.journeyId().equals(journeyId));
    }

    public Optional<Journey> journeyOfOffer(String offerId) {
        return find(journey -> journey.offer(offerId).isPresent());
    }

    public Optional<Journey> journeyOfStep(String stepId) {
        return find(journey -> journey.step(stepId).isPresent());
    }

    public Optional<Journey> find(Predicate<Journey> wanted) {
        return journeys.stream().filter(wanted).findFirst();
    }

    /** The newest journey that is not over. */
    public Optional<Journey> activeJourney() {
        return journeys.reversed().stream().filter(journey -> !journey.over()).findFirst();
    }

    public Optional<Snapshot> snapshot(String eventId) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.eventId().equals(eventId))
                .findFirst();
    }

    public Borrower withData(ObjectNode changed) {
        return copy(changed, sessions, journeys, snapshots, answers);
    }

    public Borrower withSessions(List<Session> changed) {
        return copy(data, List.copyOf(changed), journeys, snapshots, answers);
    }

    /** With the journey in the place of its earlier state, or as the newest. */
    public Borrower with(Journey changed) {
        boolean known = journey(changed.journeyId()).isPresent();
        List<Journey> all = known
                ? replaced(journeys, it -> it.journeyId().equals(changed.journeyId()) ? changed : it)
                : appended(journeys, changed);
        return copy(data, sessions, all, snapshots, answers);
    }

    public Borrower with(Snapshot changed) {
        boolean known = snapshot(changed.eventId()).isPresent();
        List<Snapshot> all = known
                ? replaced(snapshots, it -> it.eventId().equals(changed.eventId()) ? changed : it)
                : appended(snapshots, changed);
        return copy(data, sessions, journeys, all, answers);
    }

    /** With the answer among those to be repeated; what is out of date or too much goes. */
    public Borrower remembering(StoredAnswer answer, Instant now) {
        List<StoredAnswer> kept = new ArrayList<>(
                answers.stream().filter(it -> it.expiresAt().isAfter(now)).toList());
        kept.add(answer);
        int most = Integer.parseInt(IDEMPOTENCY_ANSWERS);
        return copy(
                data,
                sessions,
                journeys,
                snapshots,
                List.copyOf(kept.subList(Math.max(0, kept.size() - most), kept.size())));
    }

    private static <T> List<T> replaced(List<T> all, UnaryOperator<T> change) {
        return all.stream().map(change).toList();
    }

    private static <T> List<T> appended(List<T> all, T last) {
        List<T> longer = new ArrayList<>(all);
        longer.add(last);
        return List.copyOf(longer);
    }

    private Borrower copy(
            ObjectNode withData,
            List<Session> withSessions,
            List<Journey> withJourneys,
            List<Snapshot> withSnapshots,
            List<StoredAnswer> withAnswers) {
        return new Borrower(
                formatVersion,
                borrowerId,
                externalId,
                tenantId,
                applicationId,
                withData,
                withSessions,
                withJourneys,
                withSnapshots,
                withAnswers);
    }
}
