package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformAnswer.Cause;
import dev.borrowerjourney.session.platform.PlatformSession;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the platform for other tokens: by the refresh token if settings and row allow it, else by opening the session anew. */
class RenewalCalls {

    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final RenewalBy by;
    private final HttpPlatform platform;
    private final TokenSeal seal;

    RenewalCalls(RenewalBy by, HttpPlatform platform, TokenSeal seal) {
        this.by = by;
        this.platform = platform;
        this.seal = seal;
    }

    Outcome call(StoredSession row, long fence, Wish wish) {
        return refreshTokenOf(row, wish)
                .map(token -> outcomeOfRefresh(row, refresh(row, token, wish)))
                .orElseGet(() -> outcomeOfOpening(open(row, fence, wish), wish));
    }

    /** Who brings a key of the app wants the session opened. */
    private Optional<Secret> refreshTokenOf(StoredSession row, Wish wish) {
        if (by == RenewalBy.REBOOTSTRAP
                || wish.idempotencyKey() != null
                || row.refreshTokenSealed() == null
                || row.refreshExpiresAt() == null
                || !row.refreshExpiresAt().isAfter(Instant.now())) {
            return Optional.empty();
        }
        return Optional.of(seal.open(row.refreshTokenSealed(), row.id(), PostgresPlatformSessions.REFRESH_TOKEN));
    }

    private PlatformAnswer<PlatformSession> refresh(StoredSession row, Secret refreshToken, Wish wish) {
        var key = IdempotencyKey.ofRefresh(row.id(), row.generation());
        return platform.refresh(row.applicationId(), refreshToken, key, wish.correlationId());
    }

    private PlatformAnswer<PlatformSession> open(StoredSession row, long fence, Wish wish) {
        var borrower = seal.open(row.borrowerSealed(), row.id(), PostgresPlatformSessions.BORROWER);
        var key = wish.idempotencyKey() == null ? IdempotencyKey.ofRenewal(row.id(), fence) : wish.idempotencyKey();
        return platform.open(row.applicationId(), borrower.reveal(), wish.prefill(), key, wish.correlationId());
    }

    /** Whatever became of the refresh token, a session can be opened anew: nothing here may be tried for ever. */
    private static Outcome outcomeOfRefresh(StoredSession row, PlatformAnswer<PlatformSession> answer) {
        return switch (answer) {
            case PlatformAnswer.Answered<PlatformSession>(var session) ->
                new Outcome.Opened(session.withActiveJourney(row.activeJourney()));
            case PlatformAnswer.Refused<PlatformSession> refused
            when refused.status() == TOO_MANY_REQUESTS || refused.status() == UNAVAILABLE ->
                new Outcome.Ended(new Renewal.Failed(refused));
            case PlatformAnswer.Refused<PlatformSession> _ -> new Outcome.Spent(null);
            case PlatformAnswer.Unanswered<PlatformSession> unanswered ->
                switch (unanswered.cause()) {
                    case Cause.UNREACHABLE -> new Outcome.Ended(new Renewal.Failed(unanswered));
                    case Cause.UNREADABLE -> new Outcome.Spent(null);
                    case Cause.TIMEOUT, Cause.BROKEN -> new Outcome.Spent(new Renewal.Failed(unanswered));
                };
        };
    }

    private static Outcome outcomeOfOpening(PlatformAnswer<PlatformSession> answer, Wish wish) {
        return switch (answer) {
            case PlatformAnswer.Answered<PlatformSession>(var session) -> new Outcome.Opened(session);
            // Of a key that nobody else has, only our own first attempt can be under way, whose connection broke.
            case PlatformAnswer.Refused<PlatformSession> refused
            when refused.status() == CONFLICT && wish.idempotencyKey() == null -> new Outcome.Ended(new Renewal.Busy());
            case PlatformAnswer.Refused<PlatformSession> refused -> new Outcome.Ended(new Renewal.Failed(refused));
            case PlatformAnswer.Unanswered<PlatformSession> unanswered ->
                new Outcome.Ended(new Renewal.Failed(unanswered));
        };
    }

    /** What a call came to. */
    sealed interface Outcome {

        /** There are other tokens. */
        record Opened(PlatformSession session) implements Outcome {}

        /**
         * The refresh token is of no use any more.
         *
         * @param ended what the caller is told; null if the session can be opened anew at once
         */
        record Spent(@Nullable Renewal ended) implements Outcome {}

        /** There are none. */
        record Ended(Renewal renewal) implements Outcome {}
    }

    /**
     * What a caller wants.
     *
     * @param seen the generation of tokens that has to be replaced
     * @param idempotencyKey for the platform; null for a key of the renewal's own
     */
    record Wish(UUID id, long seen, @Nullable UUID idempotencyKey, ObjectNode prefill, String correlationId) {

        static Wish newerThan(UUID id, long seen, String correlationId) {
            return new Wish(id, seen, null, JsonNodeFactory.instance.objectNode(), correlationId);
        }

        /** Without what the app tells the platform. */
        @Override
        public String toString() {
            return "Wish[" + id + ", newer than " + seen + "]";
        }
    }
}
