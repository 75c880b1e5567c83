package dev.borrowerjourney.sandbox.demo.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ProjectorRestartIT {

    private static final Layout LAYOUT =
            new Layout(Path.of("").toAbsolutePath().resolve("../.."), Path.of("target/projector-restart-it"));

    @Test
    void losesAndDoublesNothing() {
        var drill = new ProjectorRestart(
                () -> ProjectorStage.start(LAYOUT, Ports.free()),
                ProjectorRestart.Plan.of(true, false),
                System.out::println);

        var result = drill.run(20_261_123);

        assertThat(result.complaints()).isEmpty();
        assertThat(result.line()).startsWith("drill projector-restart ok ").contains(" lost 0 wrong 0 regressions 0 ");
    }
}
