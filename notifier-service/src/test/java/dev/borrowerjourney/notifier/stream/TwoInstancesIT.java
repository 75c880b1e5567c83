package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.DatabaseServer;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.BrokerProcess;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.EventStream;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two instances side by side, with devices at each, and what stands behind both of them restarted. */
class TwoInstancesIT {

    static final int BORROWERS = 5;

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final TestRegistry REGISTRY = TestRegistry.shared();
    static final TestDatabase DATABASE = TestDatabase.start();
    static final DatabaseServer SERVER = DATABASE.server();
    static final BrokerProcess BROKER = new BrokerProcess();

    static ReadModel model;
    static RunningNotifier one;
    static RunningNotifier other;

    final List<Reader> readers = new ArrayList<>();

    /** One borrower with a journey and two devices, each at another instance. */
    record Reader(String borrower, String journey, EventStream atOne, EventStream atOther) {

        List<EventStream> devices() {
            return List.of(atOne, atOther);
        }

        void keep(long version) {
            model.keep(keyOf(borrower), APPLICATION, journey, version, "OFFERS_PENDING", "null");
        }

        void publish(Changes changes, long version) {
            changes.publish(keyOf(borrower), APPLICATION, journey, version, "OFFERS_PENDING");
        }
    }

    @BeforeAll
    static void start() {
        model = ReadModel.in(DATABASE.as("bj_projector"));
        BROKER.startEmpty();
        one = instance();
        other = instance();
        one.awaitReady();
        other.awaitReady();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        BROKER.close();
        DATABASE.close();
        IDENTITY.close();
    }

    @BeforeEach
    void open() {
        for (int i = 0; i < BORROWERS; i++) {
            var borrower = "CUST_" + UUID.randomUUID();
            var token = IDENTITY.token(borrower);
            var reader = new Reader(borrower, "jrn_" + UUID.randomUUID(), one.stream(token), other.stream(token));
            readers.add(reader);
            reader.devices().forEach(device -> device.awaitSeen("ready"));
        }
    }

    @Test
    void showEachChangeOnEveryDeviceWhereverItIs() {
        publish(1);
        publish(2);

        readers.forEach(reader -> reader.devices()
                .forEach(device -> device.awaitSeen("ready", reader.journey() + ":1", reader.journey() + ":2")));
    }

    @Test
    void keepTheGreatestVersionWhicheverWasTold() {
        keep(5);
        for (var reader : readers) {
            assertThat(acknowledge(one, reader, 2)).isEqualTo(204);
            assertThat(acknowledge(other, reader, 5)).isEqualTo(204);
            assertThat(acknowledge(one, reader, 4)).isEqualTo(204);

            assertThat(acknowledged(reader)).isEqualTo(5);
        }
    }

    @Test
    void showTheRightStateAfterTheBrokerWasAway() {
        publish(1);
        awaitLast(1);

        BROKER.kill();
        keep(3);
        BROKER.start();
        one.awaitReady();
        other.awaitReady();

        // What the projector could not publish meanwhile it publishes now.
        publish(3);
        awaitLast(3);
        publish(4);
        awaitEverySeen("ready", ":1", ":3", ":4");
    }

    @Test
    void showTheRightStateAfterTheDatabaseWasAway() {
        publish(1);
        awaitLast(1);

        SERVER.kill();
        // Open streams go on meanwhile.
        publish(2);
        awaitLast(2);
        var late = readers.getFirst();
        try (var opened = one.stream(IDENTITY.token(late.borrower()))) {
            publish(3);
            awaitLast(3);
            assertThat(opened.seen()).isEmpty();

            SERVER.start();
            one.awaitReady();
            other.awaitReady();
            keep(4);
            publish(4);
            publish(5);

            awaitEverySeen("ready", ":1", ":2", ":3", ":4", ":5");
            opened.awaitLast(late.journey() + ":5");
            assertThat(opened.seen()).containsOnlyOnce("ready");
        }
    }

    private static RunningNotifier instance() {
        return RunningNotifier.start(BROKER.bootstrapServers(), REGISTRY.url(), DATABASE, IDENTITY);
    }

    private void publish(long version) {
        try (var changes = new Changes(BROKER.bootstrapServers(), REGISTRY.url())) {
            readers.forEach(reader -> reader.publish(changes, version));
        }
    }

    private void keep(long version) {
        readers.forEach(reader -> reader.keep(version));
    }

    private void awaitLast(long version) {
        readers.forEach(
                reader -> reader.devices().forEach(device -> device.awaitLast(reader.journey() + ":" + version)));
    }

    /** Names of events, and versions with a colon. */
    private void awaitEverySeen(String... expected) {
        for (var reader : readers) {
            var seen = List.of(expected).stream()
                    .map(each -> each.startsWith(":") ? reader.journey() + each : each)
                    .toArray(String[]::new);
            reader.devices().forEach(device -> device.awaitSeen(seen));
        }
    }

    private static int acknowledge(RunningNotifier instance, Reader reader, long version) {
        var body = "{\"journeyId\":\"" + reader.journey() + "\",\"version\":" + version + "}";
        return instance.post("/v1/stream/acknowledgements", IDENTITY.token(reader.borrower()), body)
                .statusCode();
    }

    private static long acknowledged(Reader reader) {
        return JdbcClient.create(DATABASE.as("bj_notifier"))
                .sql("SELECT version FROM notification.acknowledgement WHERE borrower_key = ? AND journey_id = ?")
                .param(keyOf(reader.borrower()).value())
                .param(reader.journey())
                .query(Long.class)
                .single();
    }
}
