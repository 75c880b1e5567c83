package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.RETURN_URL_PARAMETER;
import static dev.borrowerjourney.sandbox.platform.Assumptions.STEP_OPEN_REDIRECT;
import static dev.borrowerjourney.sandbox.platform.Assumptions.STEP_SUBMIT_FORM;
import static dev.borrowerjourney.sandbox.platform.Assumptions.STEP_WAIT;

import dev.borrowerjourney.sandbox.platform.PublicAddress;
import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Instalment;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Payment;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.session.ProfileRules;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the platform shows of journeys, in its own spelling. */
@Component
class Views {

    private final PublicAddress address;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    Views(PublicAddress address, PlatformClock clock, SandboxPlatformProperties properties) {
        this.address = address;
        this.clock = clock;
        this.waits = properties.waits();
    }

    record Core(String journeyID, String status, @Nullable String nextAction) {
        static Core of(Journey journey) {
            return new Core(journey.journeyId(), journey.status(), journey.nextAction());
        }
    }

    record State(String journeyID, String status, @Nullable String nextAction, Instant updatedAt) {
        static State of(Journey journey) {
            return new State(journey.journeyId(), journey.status(), journey.nextAction(), journey.updatedAt());
        }
    }

    record Summary(
            String journeyID,
            String type,
            String status,
            @Nullable String nextAction,
            Instant createdAt,
            Instant updatedAt) {
        static Summary of(Journey journey) {
            return new Summary(
                    journey.journeyId(),
                    journey.type(),
                    journey.status(),
                    journey.nextAction(),
                    journey.createdAt(),
                    journey.updatedAt());
        }
    }

    record Completeness(boolean complete, List<String> missing) {}

    record StepSummary(
            String stepID,
            String kind,
            Step.Status status,
            @Nullable String actionRequired) {}

    record Whole(
            String journeyID,
            String type,
            String status,
            @Nullable String nextAction,
            Instant createdAt,
            Instant updatedAt,
            Completeness profile,
            @Nullable Offer selectedOffer,
            List<StepSummary> steps) {}

    record Journeys(List<Summary> journeys) {}

    record Offers(List<Offer> offers) {}

    record Steps(List<StepView> steps) {}

    record StepView(
            String stepID,
            String kind,
            Step.Status status,
            @Nullable String actionRequired,
            @Nullable Object resource,
            Step.@Nullable Diagnostics diagnostics) {}

    record Redirect(String type, URI url, Instant expiresAt, String returnURLParameter) {}

    record Form(String type, List<StepForms.Field> fields) {}

    record AaSession(
            String aaSessionID, String status, @Nullable Object resource) {}

    record PostDisbursal(String journeyID, List<Instalment> repaymentSchedule, List<ActionView> actions) {}

    record ActionView(
            String actionID,
            Payment.Action action,
            @Nullable BigDecimal amount,
            Payment.Status status,
            @Nullable Object resource) {
        static ActionView of(Payment payment) {
            return new ActionView(payment.actionId(), payment.action(), payment.amount(), payment.status(), null);
        }
    }

    static Whole whole(Borrower borrower, Journey journey) {
        List<String> missing = ProfileRules.missing(borrower.data(), journey);
        return new Whole(
                journey.journeyId(),
                journey.type(),
                journey.status(),
                journey.nextAction(),
                journey.createdAt(),
                journey.updatedAt(),
                new Completeness(missing.isEmpty(), missing),
                journey.selectedOffer().orElse(null),
                journey.steps().stream()
                        .map(step -> new StepSummary(
                                step.stepId(), step.kind().name(), step.status(), actionRequired(journey, step)))
                        .toList());
    }

    /** A step with an action that nobody documented, which apps have to bear. */
    static boolean unheardOf(Journey journey, Step step) {
        Due due = journey.due();
        return step.status() == Step.Status.ACTION_REQUIRED && due != null && due.what() == Due.What.UNKNOWN_PASSED;
    }

    StepView step(Journey journey, Step step) {
        return new StepView(
                step.stepId(),
                step.kind().name(),
                step.status(),
                actionRequired(journey, step),
                resource(journey, step),
                step.diagnostics());
    }

    AaSession aaSession(String id, Journey journey, Step consent) {
        String status =
                switch (consent.status()) {
                    case PENDING -> "PENDING";
                    case ACTION_REQUIRED -> "READY";
                    case PROCESSING -> "PROCESSING";
                    case COMPLETED -> "COMPLETED";
                    case FAILED -> "FAILED";
                };
        return new AaSession(id, status, resource(journey, consent));
    }

    private static @Nullable String actionRequired(Journey journey, Step step) {
        if (unheardOf(journey, step)) {
            return "SCAN_DOCUMENT";
        }
        return switch (step.status()) {
            case ACTION_REQUIRED -> step.kind().redirect() ? STEP_OPEN_REDIRECT : STEP_SUBMIT_FORM;
            case PROCESSING -> STEP_WAIT;
            case PENDING, COMPLETED, FAILED -> null;
        };
    }

    private @Nullable Object resource(Journey journey, Step step) {
        if (step.status() != Step.Status.ACTION_REQUIRED || unheardOf(journey, step)) {
            return null;
        }
        if (!step.kind().redirect()) {
            return new Form("FORM", StepForms.fields(step.kind()));
        }
        Instant expiresAt = clock.in(waits.redirectLifetime());
        URI url = address.url("/pages/steps/" + step.stepId() + "?expires=" + expiresAt.toEpochMilli());
        return new Redirect("REDIRECT", url, expiresAt, RETURN_URL_PARAMETER);
    }
}
