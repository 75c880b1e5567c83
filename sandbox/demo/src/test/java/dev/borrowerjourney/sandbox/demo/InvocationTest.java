package dev.borrowerjourney.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {

    @Test
    void startsEverythingOverKeptDataUnlessToldOtherwise() {
        assertThat(Invocation.of()).isEqualTo(new Invocation.Run(false, List.of(), null));
    }

    @Test
    void readsEveryOption() {
        assertThat(Invocation.of("--fresh", "--only", "broker,topics", "--json", "out.json"))
                .isEqualTo(new Invocation.Run(true, List.of("broker", "topics"), Path.of("out.json")));
        assertThat(Invocation.of("journey", "--count", "80", "--concurrency", "8", "--json", "out.json"))
                .isEqualTo(new Invocation.Drive(80, 8, Path.of("out.json")));
    }

    @Test
    void drivesOneJourneyUnlessToldOtherwise() {
        assertThat(Invocation.of("journey")).isEqualTo(new Invocation.Drive(1, 20, null));
    }

    @Test
    void helpsWhereverItIsAskedTo() {
        assertThat(Invocation.of("journey", "--help")).isEqualTo(new Invocation.Help());
    }

    @Test
    void handsVerbsTheirOwnWords() {
        assertThat(Invocation.of("hostile", "storm", "--seed", "7"))
                .isEqualTo(new Invocation.Tool("hostile", List.of("storm", "--seed", "7")));
        assertThat(Invocation.of("events", "--help")).isEqualTo(new Invocation.Tool("events", List.of("--help")));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatExceptionOfType(Invocation.Misunderstood.class).isThrownBy(() -> Invocation.of("--frehs"));
        assertThatExceptionOfType(Invocation.Misunderstood.class).isThrownBy(() -> Invocation.of("journey", "-n"));
        assertThatExceptionOfType(Invocation.Misunderstood.class).isThrownBy(() -> Invocation.of("--only"));
        assertThatExceptionOfType(Invocation.Misunderstood.class)
                .isThrownBy(() -> Invocation.of("journey", "--count", "0"))
                .withMessage("--count: '0' (expected: a number from 1 to 999999)");
    }
}
