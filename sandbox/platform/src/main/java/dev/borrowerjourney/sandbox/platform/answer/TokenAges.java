package dev.borrowerjourney.sandbox.platform.answer;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerListener;
import dev.borrowerjourney.sandbox.platform.borrower.Session;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows since when each session token is out; those of an earlier start count from this one. */
@Component
class TokenAges implements BorrowerListener {

    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final PlatformClock clock;

    TokenAges(PlatformClock clock) {
        this.clock = clock;
    }

    boolean olderThan(String hash, Duration age) {
        Instant issued = since.get(hash);
        return issued != null && !clock.now().isBefore(issued.plus(age));
    }

    @Override
    public void changed(@Nullable Borrower before, Borrower after) {
        if (before != null && before.sessions().equals(after.sessions())) {
            return;
        }
        Set<String> alive = hashes(after).collect(Collectors.toSet());
        alive.forEach(hash -> since.putIfAbsent(hash, clock.now()));
        if (before != null) {
            hashes(before).filter(hash -> !alive.contains(hash)).forEach(since::remove);
        }
    }

    private static Stream<String> hashes(Borrower borrower) {
        return borrower.sessions().stream()
                .flatMap(session -> session.tokens().stream())
                .map(Session.Token::hash);
    }
}
