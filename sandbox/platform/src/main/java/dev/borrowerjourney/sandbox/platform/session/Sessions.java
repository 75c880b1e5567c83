package dev.borrowerjourney.sandbox.platform.session;

import static dev.borrowerjourney.sandbox.platform.Assumptions.REFRESH_TOKEN_PREFIX;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_TOKEN_PREFIX;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Session;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How sessions of a borrower begin, go on and end. */
@Component
class Sessions {

    private final SandboxPlatformProperties properties;
    private final PlatformClock clock;
    private final Faults faults;

    Sessions(SandboxPlatformProperties properties, PlatformClock clock, Faults faults) {
        this.properties = properties;
        this.clock = clock;
        this.faults = faults;
    }

    /** A session with its tokens in clear, which only the answer may hold. */
    record Opened(Borrower borrower, Session session, String sessionToken, String refreshToken) {}

    /** Opens a further session, or the only one if the switch says that a new login ends the older ones. */
    Opened open(Borrower borrower) {
        Occasion login = new Occasion(borrower.externalId(), null, borrower.externalId());
        List<Session> others = faults.flag(Switch.END_OLDER_SESSION, login) ? List.of() : alive(borrower);
        return with(
                borrower, others, new Session(UUID.randomUUID().toString(), List.of(), "", Instant.EPOCH, List.of()));
    }

    /** Renews the session of this refresh token; empty if there is none, or it has expired. */
    Optional<Opened> renew(Borrower borrower, String refreshHash) {
        if (borrower.sessions().stream()
                .anyMatch(session -> session.usedRefreshTokens().contains(refreshHash))) {
            throw new RefreshTokenReusedException();
        }
        List<Session> alive = alive(borrower);
        return alive.stream()
                .filter(session -> session.refreshToken().equals(refreshHash))
                .findFirst()
                .map(session -> with(
                        borrower,
                        alive.stream().filter(other -> !other.equals(session)).toList(),
                        session));
    }

    Borrower end(Borrower borrower, String refreshHash) {
        return borrower.withSessions(borrower.sessions().stream()
                .filter(session -> !session.usedRefreshTokens().contains(refreshHash))
                .toList());
    }

    private Opened with(Borrower borrower, List<Session> others, Session former) {
        String sessionToken = Tokens.random(SESSION_TOKEN_PREFIX);
        String refreshToken = Tokens.random(REFRESH_TOKEN_PREFIX);
        Instant now = clock.now();
        Session session = new Session(
                former.sessionId(),
                Stream.concat(
                                former.tokens().stream()
                                        .filter(token -> token.expiresAt().isAfter(now)),
                                Stream.of(new Session.Token(
                                        Tokens.hash(sessionToken), clock.in(properties.sessionLifetime()))))
                        .toList(),
                Tokens.hash(refreshToken),
                clock.in(properties.refreshLifetime()),
                former.refreshToken().isEmpty() ? List.of() : plus(former.usedRefreshTokens(), former.refreshToken()));
        List<Session> all = new ArrayList<>(others);
        all.add(session);
        return new Opened(borrower.withSessions(all), session, sessionToken, refreshToken);
    }

    private List<Session> alive(Borrower borrower) {
        Instant now = clock.now();
        return borrower.sessions().stream()
                .filter(session -> session.refreshExpiresAt().isAfter(now))
                .toList();
    }

    private static List<String> plus(List<String> all, String last) {
        return Stream.concat(all.stream(), Stream.of(last)).toList();
    }
}
