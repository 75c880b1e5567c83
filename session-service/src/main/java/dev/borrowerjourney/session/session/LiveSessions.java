package dev.borrowerjourney.session.session;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.session.database.DatabaseTrouble;
import dev.borrowerjourney.session.database.PostgresHeartbeat;
import dev.borrowerjourney.session.memory.Memory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions by their tokens. A session found is remembered for the look-up time of the settings, so one that ended in
 * another instance may still be found for so long; one that ended here is forgotten at once. While the database does not
 * answer, what it confirmed before counts for longer, never past an end that this instance knows of.
 */
public class LiveSessions {

    private static final int MOST_REMEMBERED = 50_000;

    /** A session in use is confirmed by the way for so long after its last call; then its next call asks. */
    private static final Duration IN_USE = Duration.ofSeconds(30);

    private static final int CONFIRMED_AT_ONCE = 500;

    /** A session that was seen does not wait longer than this for being confirmed. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PostgresSessions sessions;
    private final Renewals renewals;
    private final PostgresHeartbeat database;
    private final LifetimeProperties lifetime;
    private final Duration longestWait;
    private final Counter unconfirmed;
    private final Cache<ByteBuffer, Seen> remembered;
    private final Cache<UUID, PlatformCredentials> newest;
    private final LookUps lookUps = new LookUps(this::ask);
    private final AtomicLong changes = new AtomicLong();

    LiveSessions(
            PostgresSessions sessions,
            Renewals renewals,
            PostgresHeartbeat database,
            LifetimeProperties lifetime,
            Duration longestWait,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.renewals = renewals;
        this.database = database;
        this.lifetime = lifetime;
        this.longestWait = longestWait;
        this.unconfirmed = meters.counter("session.lookups.unconfirmed");
        var kept = lifetime.lookUp().plus(lifetime.withoutDatabase());
        this.remembered =
                Memory.ofAtMost(MOST_REMEMBERED).expireAfterWrite(kept).build();
        this.newest = Memory.ofAtMost(MOST_REMEMBERED).expireAfterWrite(kept).build();
    }

    /** The live session of a token, if that was confirmed lately. Asks nobody. */
    public Optional<LiveSession> remembered(SessionToken token) {
        return known(ByteBuffer.wrap(token.hash()), lifetime.lookUp());
    }

    /**
     * What the database says now of a token whose session was seen before; empty if it was not, or if the database is known not
     * to answer. It is shared, so nobody may end it; and it may fail, or take long.
     */
    public Optional<CompletableFuture<Optional<LiveSession>>> seenBefore(SessionToken token) {
        var hash = ByteBuffer.wrap(token.hash());
        return database.away() || known(hash, lifetime.withoutDatabase()).isEmpty()
                ? Optional.empty()
                : Optional.of(lookUps.ask(hash));
    }

    /** The live session of a token. Blocks while it asks the database, and fails if that does not answer. */
    public Optional<LiveSession> find(SessionToken token) {
        var hash = ByteBuffer.wrap(token.hash());
        var confirmed = known(hash, lifetime.lookUp());
        if (confirmed.isPresent()) {
            return confirmed;
        }
        if (known(hash, lifetime.withoutDatabase()).isPresent()) {
            return confirmed(hash);
        }
        return answer(hash, longestWait).orElseThrow(DatabaseTrouble::problem);
    }

    /** Remembers newer credentials of the platform for all tokens that share them. */
    public void renewed(PlatformCredentials credentials) {
        newest.asMap()
                .merge(
                        credentials.platformSessionId(),
                        credentials,
                        (older, newer) -> older.generation() > newer.generation() ? older : newer);
    }

    /** The session has ended, or may have. */
    void forget(UUID sessionId) {
        forget(seen -> seen.session().sessionId().equals(sessionId));
    }

    /** All sessions of a borrower have ended, or may have. */
    void forgetAll(UUID applicationId, String borrowerKey) {
        forget(seen -> seen.borrowerKey().equals(borrowerKey)
                && seen.session().applicationId().equals(applicationId));
    }

    /** The other tokens of a session end soon. */
    void replaced(UUID sessionId, SessionToken current) {
        var end = Instant.now().plus(lifetime.replacedToken());
        var kept = ByteBuffer.wrap(current.hash());
        change();
        remembered.asMap().forEach((hash, seen) -> {
            if (seen.session().sessionId().equals(sessionId) && !hash.equals(kept)) {
                remembered.asMap().computeIfPresent(hash, (_, present) -> present.endingAt(end));
            }
        });
    }

    private void forget(Predicate<Seen> ended) {
        change();
        remembered.asMap().values().removeIf(ended);
    }

    /** What is being asked since before must neither be remembered nor answered to those who come now. */
    private void change() {
        changes.incrementAndGet();
        lookUps.forget();
    }

    private Optional<LiveSession> known(ByteBuffer hash, Duration age) {
        var seen = remembered.getIfPresent(hash);
        long now = System.nanoTime();
        if (seen == null
                || now - seen.confirmedAt() >= age.toNanos()
                || !seen.session().endsAt().isAfter(Instant.now())) {
            return Optional.empty();
        }
        seen.use().at = now;
        return Optional.of(current(seen.session()));
    }

    /**
     * Asks the database about the sessions in use, many at a time, before what is remembered of them gets too old. Else each
     * would be asked about by one of its calls every few seconds.
     */
    void confirmInUse() {
        long now = System.nanoTime();
        var due = new HashMap<ByteBuffer, Seen>();
        remembered.asMap().forEach((hash, seen) -> {
            if (now - seen.use().at < IN_USE.toNanos()
                    && now - seen.confirmedAt() > lifetime.lookUp().toNanos() / 2) {
                due.put(hash, seen);
                if (due.size() == CONFIRMED_AT_ONCE) {
                    confirm(due);
                    due.clear();
                }
            }
        });
        confirm(due);
    }

    private void confirm(Map<ByteBuffer, Seen> due) {
        if (due.isEmpty() || database.away()) {
            return;
        }
        long asked = System.nanoTime();
        var answers = new HashMap<ByteBuffer, PostgresSessions.Confirmed>();
        for (var answer :
                sessions.confirm(due.keySet().stream().map(ByteBuffer::array).toList())) {
            var seen = due.get(answer.tokenHash());
            if (seen != null && seen.session().sessionId().equals(answer.sessionId())) {
                answers.put(answer.tokenHash(), answer);
            }
        }
        // What has changed here meanwhile is another entry, or none.
        due.forEach((hash, seen) -> remembered
                .asMap()
                .computeIfPresent(
                        hash,
                        (_, present) -> present.equals(seen) ? seen.confirmed(answers.get(hash), asked) : present));
    }

    private LiveSession current(LiveSession session) {
        var newer = newest.getIfPresent(session.credentials().platformSessionId());
        return newer == null || newer.generation() <= session.credentials().generation()
                ? session
                : new LiveSession(session.sessionId(), session.applicationId(), session.endsAt(), newer);
    }

    /** A session that was seen: what the database says of it now, or what it said before if it does not answer. */
    private Optional<LiveSession> confirmed(ByteBuffer hash) {
        return answer(hash, PATIENCE).orElseGet(() -> {
            unconfirmed.increment();
            // It may have ended here meanwhile.
            return Optional.of(known(hash, lifetime.withoutDatabase()).orElseThrow(DatabaseTrouble::problem));
        });
    }

    /** What the database says; empty if it does not answer in time, or is known not to. */
    private Optional<Optional<LiveSession>> answer(ByteBuffer hash, Duration patience) {
        if (database.away()) {
            return Optional.empty();
        }
        try {
            return Optional.of(lookUps.ask(hash).get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private static Optional<Optional<LiveSession>> failed(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException e when DatabaseTrouble.is(e) -> Optional.empty();
            case RuntimeException e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private Function<ByteBuffer, Optional<LiveSession>> ask(List<ByteBuffer> hashes) {
        var before = changes.get();
        var found = sessions.find(hashes.stream().map(ByteBuffer::array).toList());
        var unnoted = found.values().stream()
                .filter(PostgresSessions.Found::useUnnoted)
                .map(each -> each.tokenHash().array())
                .toList();
        if (!unnoted.isEmpty()) {
            sessions.noteUse(unnoted);
        }
        return hash -> answer(hash, Optional.ofNullable(found.get(hash)), before);
    }

    private Optional<LiveSession> answer(ByteBuffer hash, Optional<PostgresSessions.Found> found, long before) {
        var seen = found.flatMap(this::seen);
        seen.ifPresentOrElse(session -> remembered.put(hash, session), () -> remembered.invalidate(hash));
        if (changes.get() != before) {
            remembered.invalidate(hash);
        }
        return seen.map(Seen::session).map(this::current);
    }

    private Optional<Seen> seen(PostgresSessions.Found found) {
        var row = found.platformSession();
        return renewals.credentialsOf(row)
                .map(credentials -> new Seen(
                        new LiveSession(found.sessionId(), row.applicationId(), found.endsAt(), credentials),
                        found.borrowerKey(),
                        System.nanoTime(),
                        new Use()));
    }

    /** When a session was last called for. Of two threads that write at once either is right. */
    private static final class Use {

        private volatile long at = System.nanoTime();
    }

    /** @param confirmedAt when the database last said so, of {@link System#nanoTime()} */
    private record Seen(LiveSession session, String borrowerKey, long confirmedAt, Use use) {

        /** The same with the time of an answer; null if it has ended. New tokens of the platform are for the next call to fetch. */
        @Nullable
        Seen confirmed(PostgresSessions.@Nullable Confirmed answer, long asked) {
            if (answer == null) {
                return null;
            }
            return answer.generation() == session.credentials().generation()
                    ? new Seen(
                            new LiveSession(
                                    session.sessionId(),
                                    session.applicationId(),
                                    answer.endsAt(),
                                    session.credentials()),
                            borrowerKey,
                            asked,
                            use)
                    : this;
        }

        Seen endingAt(Instant end) {
            return session.endsAt().isBefore(end)
                    ? this
                    : new Seen(
                            new LiveSession(session.sessionId(), session.applicationId(), end, session.credentials()),
                            borrowerKey,
                            confirmedAt,
                            use);
        }
    }
}
