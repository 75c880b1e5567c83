package dev.borrowerjourney.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

class ConnectionTest {

    static final BorrowerKey BORROWER = new BorrowerKey("A".repeat(43));
    static final BorrowerKey OTHER = new BorrowerKey("B".repeat(43));
    static final UUID APPLICATION = new UUID(0, 1);
    static final UUID OTHER_APPLICATION = new UUID(0, 2);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Instant now = START;

    @Test
    void showsPresentStateThenReadyThenWhatWaited() {
        var connection = connection(16);
        connection.accept(update("a", 2));
        connection.accept(update("a", 3));
        connection.accept(update("b", 1));

        assertThat(connection.present(List.of(update("a", 2)))).isTrue();

        assertThat(read(connection)).containsExactly("opened", "a:2", "ready", "a:3", "b:1");
    }

    @Test
    void neverShowsVersionTwiceOrOutOfOrder() {
        var connection = connection(16);
        connection.present(List.of(update("a", 5)));
        List.of(4, 6, 6, 5, 9, 8).forEach(version -> connection.accept(update("a", version)));

        assertThat(read(connection)).containsExactly("opened", "a:5", "ready", "a:6", "a:9");
    }

    @Test
    void showsOnlyWhatIsNewWhenStateIsReadAgain() {
        var connection = connection(16);
        connection.present(List.of(update("a", 1), update("b", 1)));
        connection.present(List.of(update("a", 1), update("b", 2)));

        assertThat(read(connection)).containsExactly("opened", "a:1", "b:1", "ready", "b:2");
    }

    /** A slow database is not the reader's fault. */
    @Test
    void asksForStateAgainWhenTooMuchWaited() {
        var connection = connection(4);
        for (int version = 1; version <= 5; version++) {
            connection.accept(update("a", version));
        }

        assertThat(connection.present(List.of(update("a", 1)))).isFalse();
        assertThat(connection.present(List.of(update("a", 5)))).isTrue();
        assertThat(read(connection)).containsExactly("opened", "a:1", "a:5", "ready");
    }

    static Stream<Update> foreign() {
        return Stream.of(
                new Update(OTHER, APPLICATION, "x", 1, START, "{}"),
                new Update(BORROWER, OTHER_APPLICATION, "x", 1, START, "{}"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void refusesWhatBelongsToAnother(Update foreign) {
        var connection = connection(16);

        assertThat(connection.owns(foreign)).isFalse();
        assertThatThrownBy(() -> connection.accept(foreign)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.present(List.of(foreign))).isInstanceOf(IllegalStateException.class);
        assertThat(read(connection)).containsExactly("opened");
    }

    @Test
    void cutsSlowReader() {
        var connection = connection(4);
        connection.present(List.of());
        var reader = new StalledReader();
        connection.events().subscribe(reader);
        for (int version = 1; version <= 10; version++) {
            connection.accept(update("a", version));
        }

        assertThat(connection.closeReason()).isEqualTo(CloseReason.SLOW);
        assertThat(reader.seen).isEmpty();
        connection.cutAfter(Duration.ofSeconds(5));
        assertThat(reader.error).isNull();
        now = START.plusSeconds(5);
        connection.cutAfter(Duration.ofSeconds(5));
        assertThat(reader.error).isInstanceOf(ReaderCutException.class);
    }

    @Test
    void tellsSlowReaderWhyItEnds() {
        var connection = connection(4);
        connection.present(List.of());
        for (int version = 1; version <= 10; version++) {
            connection.accept(update("a", version));
        }

        StepVerifier.create(connection.events().map(ConnectionTest::name))
                .expectNext("closing SLOW")
                .verifyComplete();
    }

    @Test
    void closesOnce() {
        var connection = connection(16);
        connection.close(CloseReason.DRAINING);
        connection.close(CloseReason.TOKEN_EXPIRED);
        connection.accept(update("a", 1));

        StepVerifier.create(connection.events().map(ConnectionTest::name))
                .expectNext("opened", "closing DRAINING")
                .verifyComplete();
    }

    @Test
    void beatsOnlyInSilence() {
        var connection = connection(16);
        var seen = new ArrayList<String>();
        connection.events().map(ConnectionTest::name).subscribe(seen::add);
        connection.beat(Duration.ofSeconds(15));
        now = START.plusSeconds(15);
        connection.beat(Duration.ofSeconds(15));
        connection.beat(Duration.ofSeconds(15));

        assertThat(seen).containsExactly("opened", "heartbeat");
    }

    @Test
    void expiresWithItsToken() {
        var connection = connection(16);

        assertThat(connection.expired()).isFalse();
        now = START.plusSeconds(60);
        assertThat(connection.expired()).isTrue();
    }

    /** The device did not read while its token was good. */
    @Test
    void writesNothingThatWaitedUntilTheTokenEnded() {
        var connection = connection(16);
        connection.present(List.of(update("a", 1)));
        connection.accept(update("a", 2));
        now = START.plusSeconds(60);

        StepVerifier.create(connection.events().map(ConnectionTest::name))
                .expectNext("opened", "closing TOKEN_EXPIRED")
                .verifyComplete();
        assertThat(connection.closeReason()).isEqualTo(CloseReason.TOKEN_EXPIRED);
    }

    @Test
    void writesWhatTheReaderTakesUntilTheTokenEnds() {
        var connection = connection(16);
        connection.present(List.of());

        StepVerifier.create(connection.events().map(ConnectionTest::name), 2)
                .expectNext("opened", "ready")
                .then(() -> connection.accept(update("a", 1)))
                .thenRequest(1)
                .expectNext("a:1")
                .then(() -> connection.accept(update("a", 2)))
                .then(() -> now = START.plusSeconds(60))
                .thenRequest(2)
                .expectNext("closing TOKEN_EXPIRED")
                .verifyComplete();
    }

    private Connection connection(int capacity) {
        var reconnects = new Reconnects(Duration.ofSeconds(1), Duration.ofSeconds(5), new SplittableRandom(1));
        var borrower = new Borrower(BORROWER, APPLICATION, START.plusSeconds(60));
        return new Connection(borrower, capacity, reconnects, () -> now);
    }

    private static Update update(String journey, long version) {
        return new Update(BORROWER, APPLICATION, journey, version, START, "{}");
    }

    private static List<String> read(Connection connection) {
        var seen = new ArrayList<String>();
        connection.events().map(ConnectionTest::name).subscribe(seen::add);
        return seen;
    }

    private static String name(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Opened _ -> "opened";
            case StreamEvent.JourneyShown(var update) -> update.journeyId() + ":" + update.version();
            case StreamEvent.Ready _ -> "ready";
            case StreamEvent.Heartbeat _ -> "heartbeat";
            case StreamEvent.Closing(CloseReason reason, Duration ignored) -> "closing " + reason;
        };
    }

    private static final class StalledReader extends BaseSubscriber<StreamEvent> {

        final List<StreamEvent> seen = new ArrayList<>();

        @Nullable
        Throwable error;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(StreamEvent event) {
            seen.add(event);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            error = throwable;
        }
    }
}
