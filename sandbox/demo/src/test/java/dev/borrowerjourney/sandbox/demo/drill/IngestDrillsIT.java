package dev.borrowerjourney.sandbox.demo.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drill of the receiver, as short as it can be, on parts that are started once; and drills that must fail. */
class IngestDrillsIT {

    private static final Layout LAYOUT =
            new Layout(Path.of("").toAbsolutePath().resolve("../.."), Path.of("target/ingest-drills-it"));

    private static final Drills DRILLS =
            new Drills(() -> Stage.start(LAYOUT, Ports.free()), DrillPlan.quick(), 20_261_123, System.out::println);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AfterAll
    static void stop() {
        DRILLS.close();
    }

    static List<String> names() {
        return Drills.names();
    }

    /** Too long for every run of the tests; {@code sandbox/drill} runs them, too. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        var result = DRILLS.run(name);

        assertThat(result.complaints()).isEmpty();
        assertThat(result.line()).startsWith("drill " + name + " ok ");
    }

    @Test
    void failsOverAcknowledgedIdThatWasNeverSent() {
        var planted = new Ledger();
        planted.acknowledged(Ids.of(List.of("evt_never_sent")));

        var result = DRILLS.run("planted-loss", scene -> sendCalmly(scene, true), planted);

        assertThat(result.line()).startsWith("drill planted-loss FAILED ").contains(" lost 1 wrong 0 ");
    }

    @Test
    void failsOverRecordsThatNobodyAnswersFor() {
        var result = DRILLS.run("planted-records", scene -> sendCalmly(scene, false), new Ledger());

        assertThat(result.ok()).isFalse();
        assertThat(result.wrong()).isPositive();
    }

    private static void sendCalmly(Scene scene, boolean entered) throws Exception {
        try (var load = scene.load(scene.genuine())) {
            scene.awaitCalm(load);
            if (entered) {
                scene.finishRetried(load);
            } else {
                // What is on its way would come amid the next drill.
                load.stop(PATIENCE);
            }
        }
    }
}
