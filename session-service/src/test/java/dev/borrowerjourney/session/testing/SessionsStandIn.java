package dev.borrowerjourney.session.testing;

import static dev.borrowerjourney.session.testing.PlatformStandIn.failure;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.PlatformStandIn.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform's sessions: opened by the API key, renewed by a refresh token that dies on use, and answered the same when
 * asked again under the same Idempotency-Key.
 */
final class SessionsStandIn {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONG = Duration.ofDays(3650);

    private final Map<String, Session> byToken = new HashMap<>();
    private final Map<String, Session> byRefreshToken = new HashMap<>();
    private final Map<String, Session> byUsedRefreshToken = new HashMap<>();
    private final Map<String, Replay> replays = new HashMap<>();
    private final Map<String, Duration> lifetimes = new HashMap<>();
    private final Set<String> endOlderSession = new HashSet<>();

    synchronized Answer open(Request request) {
        return once(request, () -> {
            var borrower =
                    JSON.readTree(request.body()).path("borrowerExternalID").asString("");
            if (endOlderSession.contains(borrower)) {
                end(session -> session.borrower().equals(borrower));
            }
            return opened(new Session(UUID.randomUUID(), borrower), """
                    , "activeJourney": {"journeyID": "j-active", "status": "OFFERS_AVAILABLE", "nextAction": "VIEW_OFFERS"}\
                    """);
        });
    }

    synchronized Answer refresh(Request request) {
        return once(request, () -> {
            var token = JSON.readTree(request.body()).path("refreshToken").asString("");
            var reused = byUsedRefreshToken.get(token);
            if (reused != null) {
                end(reused::equals);
                return Answer.json(401, failure("REFRESH_TOKEN_REUSED"));
            }
            var session = byRefreshToken.remove(token);
            if (session == null) {
                return Answer.json(401, failure("INVALID_REFRESH_TOKEN"));
            }
            byUsedRefreshToken.put(token, session);
            return opened(session, "");
        });
    }

    /** The borrower of the refresh token in a request; empty if it is nobody's. */
    synchronized String ownerOf(Request request) {
        var token = JSON.readTree(request.body()).path("refreshToken").asString("");
        var session = byRefreshToken.getOrDefault(token, byUsedRefreshToken.get(token));
        return session == null ? "" : session.borrower();
    }

    synchronized boolean accepts(String token) {
        return byToken.containsKey(token);
    }

    synchronized Set<String> tokensOf(String borrower) {
        return keysOf(byToken, borrower);
    }

    synchronized Set<String> refreshTokensOf(String borrower) {
        var tokens = new HashSet<>(keysOf(byRefreshToken, borrower));
        tokens.addAll(keysOf(byUsedRefreshToken, borrower));
        return tokens;
    }

    synchronized void expireTokensOf(String borrower) {
        byToken.values().removeIf(session -> session.borrower().equals(borrower));
    }

    /** Somebody else uses the borrower's refresh tokens. */
    synchronized void useRefreshTokensOf(String borrower) {
        keysOf(byRefreshToken, borrower).forEach(token -> byUsedRefreshToken.put(token, byRefreshToken.remove(token)));
    }

    synchronized void endOlderSessionOf(String borrower) {
        endOlderSession.add(borrower);
    }

    synchronized void lifetimeOf(String borrower, Duration lifetime) {
        lifetimes.put(borrower, lifetime);
    }

    private Answer once(Request request, Supplier<Answer> work) {
        var key = request.path() + " " + request.header("idempotency-key");
        var replay = replays.get(key);
        if (replay != null) {
            return replay.body().equals(request.body())
                    ? replay.answer().with("Idempotency-Replayed", "true")
                    : Answer.json(422, failure("IDEMPOTENCY_KEY_REUSED"));
        }
        var answer = work.get();
        if (answer.status() == 200) {
            replays.put(key, new Replay(request.body(), answer));
        }
        return answer;
    }

    private Answer opened(Session session, String more) {
        var token = "pst_" + UUID.randomUUID();
        var refreshToken = "prt_" + UUID.randomUUID();
        byToken.put(token, session);
        byRefreshToken.put(refreshToken, session);
        var lifetime = lifetimes.getOrDefault(session.borrower(), LONG);
        return Answer.json(200, """
                {"requestID": "req-1", "correlationID": null, "timestamp": "%s", "error": null,
                 "data": {"borrowerID": "b-1", "borrowerExternalID": "%s", "sessionToken": "%s", "refreshToken": "%s",
                 "sessionExpiresAt": "%s", "refreshExpiresAt": "%s"%s}}
                """.formatted(
                        Instant.now(),
                        session.borrower(),
                        token,
                        refreshToken,
                        Instant.now().plus(lifetime),
                        Instant.now().plus(LONG),
                        more));
    }

    private void end(Predicate<Session> which) {
        byToken.values().removeIf(which);
        byRefreshToken.values().removeIf(which);
    }

    private static Set<String> keysOf(Map<String, Session> sessions, String borrower) {
        return sessions.entrySet().stream()
                .filter(entry -> entry.getValue().borrower().equals(borrower))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private record Session(UUID id, String borrower) {}

    private record Replay(String body, Answer answer) {}
}
