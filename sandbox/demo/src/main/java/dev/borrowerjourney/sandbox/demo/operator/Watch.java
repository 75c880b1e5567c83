package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import tools.jackson.core.JacksonException;

/** Follows the running demo, each source by a thread of its own, whatever becomes of the others. */
final class Watch {

    private static final Duration TRUTH = Duration.ofMillis(400);
    private static final Duration ACKNOWLEDGEMENTS = Duration.ofMillis(500);
    private static final Duration HEALTH = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Journeys journeys;
    private final HttpPlatform platform;
    private final PostgresReadModel database;
    private final KafkaTrail trail;
    private final HttpHealth processes;
    private long position;
    private Instant acknowledged;
    private volatile Health health = new Health(List.of(), null, null);

    Watch(Journeys journeys, HttpPlatform platform, PostgresReadModel database, RunningDemo running, DemoFile demo) {
        this.journeys = journeys;
        this.platform = platform;
        this.database = database;
        this.trail = new KafkaTrail(demo, journeys);
        this.processes = new HttpHealth(running, demo.management());
        this.acknowledged = Instant.EPOCH;
    }

    void begin() {
        repeat("truth", TRUTH, this::askPlatform);
        repeat("acknowledgements", ACKNOWLEDGEMENTS, this::askNotifier);
        repeat("health", HEALTH, () -> health = processes.look());
        repeat("topics", Duration.ZERO, trail::follow);
    }

    Health health() {
        return health;
    }

    private void askPlatform() throws IOException, InterruptedException {
        while (true) {
            var page = platform.toldAfter(position);
            page.items().forEach(journeys::told);
            if (page.items().isEmpty()) {
                return;
            }
            position = page.next();
        }
    }

    private void askNotifier() throws SQLException {
        for (var one : database.acknowledgedAfter(acknowledged)) {
            journeys.acknowledged(one);
            acknowledged = one.at();
        }
    }

    private interface Look {
        void look() throws IOException, InterruptedException, SQLException;
    }

    private static void repeat(String what, Duration pause, Look look) {
        Thread.ofPlatform().name(what).daemon().start(() -> {
            var failing = false;
            while (!Thread.currentThread().isInterrupted()) {
                var failed = !tried(what, look, failing);
                LockSupport.parkNanos((failed ? AFTER_FAILURE : pause).toNanos());
                failing = failed;
            }
        });
    }

    /** Says the first failure of a row, and nothing of those that follow it. */
    private static boolean tried(String what, Look look, boolean failing) {
        try {
            look.look();
            return true;
        } catch (IOException | SQLException | KafkaException | JacksonException | IllegalArgumentException e) {
            if (!failing) {
                System.out.println(
                        Instant.now() + " " + what + ": " + e.getClass().getSimpleName());
            }
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
