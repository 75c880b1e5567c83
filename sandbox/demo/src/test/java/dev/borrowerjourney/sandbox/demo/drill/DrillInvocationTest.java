package dev.borrowerjourney.sandbox.demo.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillInvocationTest {

    @Test
    void runsOneDrill() {
        assertThat(DrillInvocation.of("ingest-outage", "--full", "--seed", "42", "--json", "out.json"))
                .isEqualTo(new DrillInvocation.Run(List.of("ingest-outage"), false, true, 42L, Path.of("out.json")));
    }

    @Test
    void runsAllDrills() {
        assertThat(DrillInvocation.of("all", "--quick"))
                .isEqualTo(new DrillInvocation.Run(DrillInvocation.known(), true, false, null, null));
    }

    @Test
    void knowsDrillsOfReceiverAndProjector() {
        assertThat(DrillInvocation.known()).containsAll(Drills.names()).contains(ProjectorRestart.NAME);
    }

    @Test
    void listsNames() {
        assertThat(DrillInvocation.of("--list")).isEqualTo(new DrillInvocation.Names());
    }

    @Test
    void namesAllDrillsWhenItKnowsNone() {
        assertThatExceptionOfType(DrillInvocation.Misunderstood.class)
                .isThrownBy(() -> DrillInvocation.of("ingest-kill"))
                .withMessageContaining("'ingest-kill' (expected: all or one of ingest-kill-broker, ");
    }

    @Test
    void refusesSeedThatIsNoNumber() {
        assertThatExceptionOfType(DrillInvocation.Misunderstood.class)
                .isThrownBy(() -> DrillInvocation.of("all", "--seed", "x"))
                .withMessage("--seed: 'x' (expected: a number of at most 18 digits)");
    }

    @Test
    void refusesOptionItDoesNotKnow() {
        assertThatExceptionOfType(DrillInvocation.Misunderstood.class)
                .isThrownBy(() -> DrillInvocation.of("all", "--fats"))
                .withMessageContaining("'--fats'");
    }
}
