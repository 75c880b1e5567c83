package dev.borrowerjourney.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class StreamsTest {

    static final UUID APPLICATION = new UUID(0, 1);
    static final UUID OTHER_APPLICATION = new UUID(0, 2);

    final Map<BorrowerKey, List<Journey>> model = new ConcurrentHashMap<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final UpdateWriter writer = new UpdateWriter(new JsonMapper());
    final CurrentStates states = new CurrentStates(
            borrowers -> {
                var found = new ConcurrentHashMap<BorrowerKey, List<Journey>>();
                borrowers.forEach(key -> found.put(key, model.getOrDefault(key, List.of())));
                return found;
            },
            writer);

    @AfterEach
    void stop() {
        states.stop();
    }

    /** Evicting one for another would make both come back for ever. */
    @Test
    void refusesOneTooManyOfThisInstanceWithoutTouchingTheOthers() {
        var streams = streams(Map.of("max-connections", "2", "max-connections-per-borrower", "2"));
        var first = opened(streams, "A");
        opened(streams, "B");

        assertThat(streams.open(borrower("C")))
                .isInstanceOfSatisfying(Opening.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Opening.Reason.LIMIT));
        assertThat(first.closeReason()).isNull();
        assertThat(meters.counter("notifier.stream.refused", "reason", "LIMIT").count())
                .isEqualTo(1);
    }

    @Test
    void spreadsThoseWhoWereRefused() {
        var streams = streams(Map.of("max-connections", "1"));
        opened(streams, "A");
        var waits = new HashSet<Duration>();
        for (int i = 0; i < 50; i++) {
            waits.add(((Opening.Refused) streams.open(borrower("B"))).retryAfter());
        }

        assertThat(waits).hasSizeGreaterThan(20).allSatisfy(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @Test
    void tellsEveryClientAnotherWaitForTheCaseThatItLosesTheConnection() {
        var streams = streams(Map.of("max-connections-per-borrower", "50"));
        var waits = new HashSet<Duration>();
        for (int i = 0; i < 50; i++) {
            streams.events(opened(streams, "A"))
                    .ofType(StreamEvent.Opened.class)
                    .map(StreamEvent.Opened::reconnectAfter)
                    .subscribe(waits::add);
        }

        assertThat(waits).hasSizeGreaterThan(20).allSatisfy(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }

    @Test
    void showsNobodyWhatIsOfAnotherApplication() {
        var streams = streams(Map.of());
        var seen = seen(streams, "A");

        assertThat(streams.publish(key("A"), journey("j-a", OTHER_APPLICATION, 1)))
                .isEqualTo(Streams.Shown.FOREIGN);
        assertThat(streams.publish(key("A"), journey("j-a", APPLICATION, 2))).isEqualTo(Streams.Shown.SHOWN);
        assertThat(streams.publish(key("B"), journey("j-b", APPLICATION, 1))).isEqualTo(Streams.Shown.UNWATCHED);

        states.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("ready", "j-a:2");
    }

    @Test
    void showsTheOthersTheirStateThoughOneRowIsOfAnotherApplication() {
        model.put(key("A"), List.of(journey("j-x", OTHER_APPLICATION, 1), journey("j-a", APPLICATION, 1)));
        model.put(key("B"), List.of(journey("j-b", APPLICATION, 1)));
        var streams = streams(Map.of());
        var seenByOne = seen(streams, "A");
        var seenByOther = seen(streams, "B");

        states.start();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seenByOther.contains("ready"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seenByOne.contains("ready"));
        assertThat(seenByOne).containsExactly("j-a:1", "ready");
        assertThat(seenByOther).containsExactly("j-b:1", "ready");
    }

    @Test
    void endsConnectionsOneAfterTheOtherWhenItStops() throws InterruptedException {
        var streams = streams(Map.of("drain", "10s", "max-connections-per-borrower", "100"));
        var closings = new ArrayList<Long>();
        for (int i = 0; i < 100; i++) {
            streams.events(opened(streams, "A"))
                    .ofType(StreamEvent.Closing.class)
                    .subscribe(_ -> closings.add(System.nanoTime()));
        }
        var ended = new CountDownLatch(1);

        streams.stop(ended::countDown);

        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(closings).hasSize(100);
        // A hundred connections take a second, not the ten that they may.
        assertThat(Duration.ofNanos(closings.getLast() - closings.getFirst()))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
        assertThat(streams.open(borrower("B")))
                .isInstanceOfSatisfying(Opening.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Opening.Reason.DRAINING));
    }

    @Test
    void showsWhatHappensWhileItDrains() {
        var streams = streams(Map.of("max-connections-per-borrower", "100"));
        var seen = new ArrayList<List<String>>();
        for (int i = 0; i < 100; i++) {
            seen.add(seen(streams, "A"));
        }
        states.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.stream()
                .allMatch(each -> each.contains("ready")));
        var ended = new CountDownLatch(1);

        streams.stop(ended::countDown);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.stream()
                .anyMatch(each -> each.contains("closing")));
        streams.publish(key("A"), journey("j-a", APPLICATION, 1));

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ended.getCount() == 0);
        assertThat(seen).allSatisfy(each -> assertThat(each).endsWith("closing"));
        assertThat(seen).anySatisfy(each -> assertThat(each).containsExactly("ready", "j-a:1", "closing"));
    }

    private static Connection opened(Streams streams, String borrower) {
        return ((Opening.Opened) streams.open(borrower(borrower))).connection();
    }

    private static List<String> seen(Streams streams, String borrower) {
        var seen = new CopyOnWriteArrayList<String>();
        streams.events(opened(streams, borrower)).subscribe(event -> {
            switch (event) {
                case StreamEvent.JourneyShown(var update) -> seen.add(update.journeyId() + ":" + update.version());
                case StreamEvent.Ready _ -> seen.add("ready");
                case StreamEvent.Closing _ -> seen.add("closing");
                case StreamEvent.Opened _, StreamEvent.Heartbeat _ -> {}
            }
        });
        return seen;
    }

    private Streams streams(Map<String, String> settings) {
        var properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", StreamProperties.class);
        var reconnects = new Reconnects(properties.reconnectMin(), properties.reconnectMax(), new SplittableRandom(1));
        return new Streams(properties, reconnects, states, writer, new StreamMetrics(meters), Clock.systemUTC());
    }

    private static Borrower borrower(String letter) {
        return new Borrower(key(letter), APPLICATION, Instant.now().plusSeconds(600));
    }

    private static BorrowerKey key(String letter) {
        return new BorrowerKey(letter.repeat(43));
    }

    private static Journey journey(String journeyId, UUID applicationId, long version) {
        var now = Instant.now();
        return new Journey(
                journeyId,
                applicationId,
                "PERSONAL_LOAN",
                "STARTED",
                null,
                version,
                "WEBHOOK",
                now,
                now,
                null,
                new Journey.Freshness(now, "FRESH"),
                null);
    }
}
