package dev.borrowerjourney.projector.projection;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OwnedTest {

    private Instant now = Instant.parse("2026-03-05T10:00:00Z");

    private final Owned owned = new Owned(() -> now);

    /** What a dead thread owned stands still, and only a restart gives it to another. */
    @Test
    void missesThreadThatIsNotSeenWhileAnotherIs() throws InterruptedException {
        owned.seen();
        Thread.ofPlatform().start(owned::seen).join();
        now = now.plusSeconds(400);
        owned.seen();

        assertThat(owned.unseen()).isEqualTo(Duration.ofSeconds(400));
    }

    @Test
    void countsFromItsBeginningWhileNobodyWasSeen() {
        now = now.plusSeconds(30);

        assertThat(owned.unseen()).isEqualTo(Duration.ofSeconds(30));
    }

    /** For a moment two threads of one instance may believe to own a partition. */
    @Test
    void keepsPartitionOfItsNewOwnerWhenTheOldOneEnds() {
        var old = owned.hold(3);
        var current = owned.hold(3);
        current.waiting("starting");
        assertThat(owned.count()).isEqualTo(1);

        old.end();

        assertThat(owned.count()).isEqualTo(1);
        assertThat(owned.waiting()).containsExactly(entry(3, "starting"));
        current.started();
        assertThat(owned.waiting()).isEmpty();
    }
}
