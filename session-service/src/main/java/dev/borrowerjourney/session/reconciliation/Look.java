package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.platform.HttpStates;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformAnswer.Answered;
import dev.borrowerjourney.session.platform.PlatformAnswer.Refused;
import dev.borrowerjourney.session.platform.PlatformAnswer.Unanswered;
import dev.borrowerjourney.session.platform.PlatformSession;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.session.PlatformCredentials;
import dev.borrowerjourney.session.session.Renewal;
import dev.borrowerjourney.session.session.StandingCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the platform once, about a journey that was claimed or for the list of a borrower who came. Blocks; no database
 * connection is held while the platform or the log is waited for.
 */
final class Look {

    /** How long a journey is nobody else's to ask about. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** No call begins later than this after the claim, so that the longest one ends within the lease. */
    private static final Duration LAST_CALL = LEASE.minusSeconds(13);

    private static final Logger LOG = LoggerFactory.getLogger(Look.class);
    private static final int UNAUTHENTICATED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int MISSING_BEFORE_GONE = 3;

    private final Tools tools;
    private final ReconciliationProperties settings;
    private final ReconciliationMetrics metrics;
    private final Clock clock;

    Look(Tools tools, ReconciliationProperties settings, ReconciliationMetrics metrics, Clock clock) {
        this.tools = tools;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What it works with. */
    record Tools(
            PostgresReconciliation rows,
            PostgresReadModel readModel,
            PostgresBudget budget,
            PostgresFeed feed,
            StandingCredentials credentials,
            HttpStates platform,
            Snapshots snapshots,
            Pacing pacing,
            Intake intake,
            LogCircuit log,
            Spans spans) {}

    /**
     * Asks about a journey, and keeps and publishes what is told.
     *
     * @param claimed when the lease began, of {@link System#nanoTime()}
     */
    void at(Claim claim, long claimed) {
        var correlationId = CorrelationId.create();
        try (var _ = tools.spans().begin("look at journey", correlationId)) {
            at(claim, claimed, correlationId);
        }
    }

    private void at(Claim claim, long claimed, String correlationId) {
        var asked = System.nanoTime();
        var answer = ask(claim.platformSessionId(), claimed, correlationId, token -> tools.platform()
                .state(token.token(), claim.journeyId(), correlationId));
        note(claim.applicationId(), answer);
        switch (answer) {
            case Answered<ToldJourney>(var told) -> heard(claim, told, asked, correlationId);
            case Refused<ToldJourney> refused when refused.status() == NOT_FOUND -> missing(claim);
            case Refused<ToldJourney> _, Unanswered<ToldJourney> _ ->
                tools.rows().failed(claim, tools.pacing().afterFailure(claim.failures()));
        }
    }

    /** Asks for all journeys of a borrower who came, and takes in what is told. */
    void list(UUID platformSessionId) {
        var owner = tools.feed().ownerOf(platformSessionId).orElse(null);
        if (owner == null) {
            return;
        }
        var correlationId = CorrelationId.create();
        try (var _ = tools.spans().begin("list journeys", correlationId)) {
            var answer = ask(platformSessionId, System.nanoTime(), correlationId, token -> tools.platform()
                    .journeys(token.token(), correlationId));
            note(owner.applicationId(), answer);
            if (answer instanceof Answered<List<ToldJourney>>(var told)) {
                var source = source(owner.applicationId(), owner.borrower(), correlationId);
                tools.intake()
                        .hear(told.stream()
                                .map(journey -> new Heard(source, journey))
                                .toList());
            }
        }
    }

    /** Calls with the borrower's platform session, and once more with a newer one if it is refused. */
    private <T> PlatformAnswer<T> ask(
            UUID platformSessionId,
            long begun,
            String correlationId,
            Function<PlatformCredentials, PlatformAnswer<T>> call) {
        var first = tools.credentials().of(platformSessionId, correlationId);
        if (!(first instanceof Renewal.Renewed(var credentials))) {
            return unrenewed(first);
        }
        var answer = inTime(begun, credentials, call);
        if (!(answer instanceof Refused<T> refused) || refused.status() != UNAUTHENTICATED) {
            return answer;
        }
        var second = tools.credentials().newerThan(platformSessionId, credentials.generation(), correlationId);
        return second instanceof Renewal.Renewed(var newer) ? inTime(begun, newer, call) : unrenewed(second);
    }

    private static <T> PlatformAnswer<T> inTime(
            long begun, PlatformCredentials credentials, Function<PlatformCredentials, PlatformAnswer<T>> call) {
        return System.nanoTime() - begun < LAST_CALL.toNanos()
                ? call.apply(credentials)
                : new Unanswered<>(PlatformAnswer.Cause.TIMEOUT);
    }

    private static <T> PlatformAnswer<T> unrenewed(Renewal renewal) {
        return switch (renewal) {
            case Renewal.Failed(Refused<PlatformSession>(var status, var code, var retryAfter)) ->
                new Refused<>(status, code, retryAfter);
            case Renewal.Failed(Unanswered<PlatformSession>(var cause)) -> new Unanswered<>(cause);
            case Renewal.Failed _, Renewal.Busy _, Renewal.Renewed _ -> new Unanswered<>(PlatformAnswer.Cause.TIMEOUT);
            // The next claim does not find a session, and the journey waits for the next visit.
            case Renewal.Gone _ -> new Refused<>(UNAUTHENTICATED, "GONE", null);
        };
    }

    private void note(UUID applicationId, PlatformAnswer<?> answer) {
        switch (answer) {
            case Answered<?> _ -> {
                metrics.asked(applicationId, "answered");
                tools.budget().succeeded(applicationId);
            }
            case Refused<?> refused -> {
                metrics.asked(applicationId, "refused_" + refused.status());
                if (refused.status() == TOO_MANY || refused.status() >= 500) {
                    tools.budget().failed(applicationId, refused.retryAfter());
                }
            }
            case Unanswered<?>(var cause) -> {
                metrics.asked(applicationId, cause.name().toLowerCase(Locale.ROOT));
                tools.budget().failed(applicationId, null);
            }
        }
    }

    /** Not an observation: it says nothing of where the journey stands. */
    private void missing(Claim claim) {
        var gone = claim.missing() + 1 >= MISSING_BEFORE_GONE;
        if (gone) {
            LOG.info("A journey is not known to the platform any more, and not asked about again");
        }
        tools.rows().missing(claim, gone ? null : tools.pacing().afterFailure(claim.missing()));
    }

    private void heard(Claim claim, ToldJourney journey, long asked, String correlationId) {
        var told = Told.of(journey);
        var known =
                tools.readModel().of(claim.journeyKey(), journey.receivedAt().minus(journey.roundTrip()));
        var settlement = claim.settling() ? null : known.settlement();
        var due = settlement != null || !told.equals(claim.told()) || expired(claim.publishedAt());
        if (due && !published(claim, journey, settlement, correlationId)) {
            return;
        }
        if (known.shown() != null && !known.shows(told)) {
            metrics.diverged(claim.applicationId());
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - asked);
        var pause = tools.pacing().pause(Pace.of(told.status()), claim.acted(), claim.watched());
        tools.rows()
                .told(
                        claim,
                        new Hearing(
                                told,
                                due,
                                settlement != null,
                                aheadSince(claim, known, journey),
                                elapsed,
                                pause.orElse(null)));
    }

    /** False if the log is away: the journey stays due, and nobody is told that it was asked about. */
    private boolean published(
            Claim claim, ToldJourney journey, Known.@Nullable Settlement settlement, String correlationId) {
        try {
            tools.snapshots()
                    .publish(source(claim.applicationId(), claim.borrower(), correlationId), journey, settlement);
            tools.log().closed();
            metrics.published(settlement != null);
            return true;
        } catch (Snapshots.NotPublished e) {
            tools.log().opened();
            metrics.unpublished();
            LOG.debug("An observation could not be published; its journey stays due.", e);
            tools.rows().failed(claim, tools.pacing().afterFailure(0));
            return false;
        }
    }

    private static Snapshots.Source source(UUID applicationId, BorrowerKey borrower, String correlationId) {
        return new Snapshots.Source(
                applicationId, borrower, correlationId, Trace.traceparent().orElse(null));
    }

    private boolean expired(@Nullable Instant publishedAt) {
        return publishedAt == null
                || publishedAt.plus(settings.republishAfter()).isBefore(clock.instant());
    }

    /** Measures who was first to tell a state, where that can be known. */
    private @Nullable Instant aheadSince(Claim claim, Known known, ToldJourney journey) {
        var told = Told.of(journey);
        known.webhookBehind(claim.aheadSince(), claim.told()).ifPresent(metrics::pollFirst);
        if (told.equals(claim.told())) {
            return known.webhookBehind(claim.aheadSince(), claim.told()).isPresent() ? null : claim.aheadSince();
        }
        if (known.shows(told)) {
            known.webhookAhead(told, journey.receivedAt()).ifPresent(metrics::webhookFirst);
            return null;
        }
        return journey.receivedAt();
    }
}
