package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.session.RenewalCalls.Wish;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renews the platform's session of a borrower, one caller at a time: within this instance callers share one future, between
 * instances a fenced lease decides. A caller that outlived its lease saves nothing. No database connection is held while
 * the platform is called.
 */
public class Renewals {

    /** Longer than the longest call to the platform, so that a lease ends early only if its holder died. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** Longer than a lease, so that a waiter outlives a holder that died. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final long NEWEST = Long.MAX_VALUE - 1;

    private final PostgresPlatformSessions rows;
    private final RenewalCalls calls;
    private final boolean renewedByOpening;
    private final TokenSeal seal;
    private final MeterRegistry meters;
    private final Map<UUID, CompletableFuture<Renewal>> flights = new ConcurrentHashMap<>();

    Renewals(RenewalBy by, PostgresPlatformSessions rows, HttpPlatform platform, TokenSeal seal, MeterRegistry meters) {
        this.rows = rows;
        this.calls = new RenewalCalls(by, platform, seal);
        this.renewedByOpening = by == RenewalBy.REBOOTSTRAP;
        this.seal = seal;
        this.meters = meters;
    }

    /** Credentials newer than the generation seen, whoever renewed them. */
    public Renewal newerThan(UUID platformSessionId, long seen, String correlationId) {
        return shared(Wish.newerThan(platformSessionId, seen, correlationId));
    }

    /** Credentials of a session opened from now on, whoever opens it. */
    Renewal opened(StoredSession row, UUID idempotencyKey, String correlationId) {
        var nothing = JsonNodeFactory.instance.objectNode();
        return renewedByOpening
                ? shared(new Wish(row.id(), row.generation(), idempotencyKey, nothing, correlationId))
                // Somebody else's renewal would tell of no journey.
                : openedWith(row, nothing, idempotencyKey, correlationId);
    }

    /** Credentials of a session opened by this very call, because it tells the platform something. */
    Renewal openedWith(StoredSession row, ObjectNode prefill, UUID idempotencyKey, String correlationId) {
        return counted(alone(new Wish(row.id(), NEWEST, idempotencyKey, prefill, correlationId)));
    }

    /** The credentials of a row that has some. */
    Optional<PlatformCredentials> credentialsOf(StoredSession row) {
        if (row.sessionTokenSealed() == null || row.sessionExpiresAt() == null) {
            return Optional.empty();
        }
        return Optional.of(new PlatformCredentials(
                row.id(),
                seal.open(row.sessionTokenSealed(), row.id(), PostgresPlatformSessions.SESSION_TOKEN),
                row.sessionExpiresAt(),
                row.activeJourney(),
                row.generation()));
    }

    /** A leader wishes for itself; who finds one takes what it got, unless that is what they had already. */
    private Renewal shared(Wish wish) {
        var mine = new CompletableFuture<Renewal>();
        var leader = flights.putIfAbsent(wish.id(), mine);
        if (leader != null) {
            var theirs = await(leader);
            return theirs instanceof Renewal.Renewed(var credentials) && credentials.generation() <= wish.seen()
                    ? counted(alone(wish))
                    : theirs;
        }
        Renewal renewal = new Renewal.Busy();
        try {
            renewal = counted(alone(wish));
            return renewal;
        } finally {
            flights.remove(wish.id(), mine);
            mine.complete(renewal);
        }
    }

    private static Renewal await(CompletableFuture<Renewal> leader) {
        try {
            return leader.get(LONGEST_WAIT.plus(LEASE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Renewal.Busy();
        } catch (ExecutionException | TimeoutException _) {
            return new Renewal.Busy();
        }
    }

    private Renewal alone(Wish wish) {
        var end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < end) {
            var row = rows.find(wish.id());
            if (row.isEmpty()) {
                return new Renewal.Gone();
            }
            if (row.get().generation() > wish.seen()) {
                return current(row.get());
            }
            var fence = rows.lease(wish.id(), wish.seen(), LEASE);
            if (fence.isEmpty()) {
                // Between instances nobody tells us; the jitter keeps waiters from asking all at once.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        50 + ThreadLocalRandom.current().nextLong(100)));
                continue;
            }
            var renewal = call(row.get(), fence.getAsLong(), wish);
            if (renewal.isPresent()) {
                return renewal.get();
            }
        }
        return new Renewal.Busy();
    }

    /** Empty if the refresh token was refused; the next round opens the session anew. */
    private Optional<Renewal> call(StoredSession row, long fence, Wish wish) {
        var held = true;
        try {
            return switch (calls.call(row, fence, wish)) {
                case RenewalCalls.Outcome.Opened(var session) -> {
                    held = !rows.save(row.id(), fence, session);
                    yield Optional.of(saved(row.id(), fence));
                }
                case RenewalCalls.Outcome.Spent(var ended) -> {
                    rows.forgetRefreshToken(row.id(), fence);
                    held = false;
                    count("spent");
                    yield Optional.ofNullable(ended);
                }
                case RenewalCalls.Outcome.Ended(var renewal) -> Optional.of(renewal);
            };
        } finally {
            if (held) {
                rows.release(row.id(), fence);
            }
        }
    }

    /** What was saved; another holder's, if the lease was lost meanwhile. */
    private Renewal saved(UUID id, long fence) {
        return rows.find(id)
                .filter(row -> row.generation() >= fence)
                .map(this::current)
                .orElseGet(Renewal.Busy::new);
    }

    private Renewal current(StoredSession row) {
        return credentialsOf(row).<Renewal>map(Renewal.Renewed::new).orElseGet(Renewal.Gone::new);
    }

    private Renewal counted(Renewal renewal) {
        count(renewal.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        return renewal;
    }

    private void count(String outcome) {
        meters.counter("session.renewals", "outcome", outcome).increment();
    }
}
