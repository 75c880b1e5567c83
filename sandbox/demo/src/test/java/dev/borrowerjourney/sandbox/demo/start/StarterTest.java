package dev.borrowerjourney.sandbox.demo.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.RunFile;
import dev.borrowerjourney.sandbox.demo.process.Running;
import dev.borrowerjourney.sandbox.demo.process.StopSignal;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterTest {

    @TempDir
    Path directory;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private @Nullable Supervisor supervisor;

    @AfterEach
    void stop() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    @Test
    void startsEachPartAfterWhatItNeeds() {
        starter().start(List.of(task("a"), task("b", "a"), task("c", "a", "b")));

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void startsTogetherWhatCanStartTogether() {
        var both = new CountDownLatch(2);
        Part.Work meet = _ -> {
            both.countDown();
            assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
        };

        starter().start(List.of(new Part.Task("a", List.of(), meet), new Part.Task("b", List.of(), meet)));

        assertThat(both.getCount()).isZero();
    }

    @Test
    void startsNothingAfterPartThatFailed() {
        var failing = new Part.Task("a", List.of(), _ -> {
            throw new IllegalStateException("no luck");
        });

        assertThatExceptionOfType(StartFailed.class)
                .isThrownBy(() -> starter().start(List.of(failing, task("b", "a"))))
                .withMessage("a: no luck");
        assertThat(done).isEmpty();
    }

    @Test
    void showsLastLinesOfProcessThatDiedBeforeItWasReady() {
        var dying = new Part.Server(
                "dying",
                List.of(),
                _ -> new Launch(
                        "dying", List.of("sh", "-c", "echo out of luck; exit 3"), directory, directory.resolve("log")),
                () -> {
                    throw new IllegalStateException("never ready");
                },
                StopSignal.TERM);

        assertThatExceptionOfType(StartFailed.class)
                .isThrownBy(() -> starter().start(List.of(dying)))
                .withMessageContaining("dying died with code 3")
                .withMessageContaining("  | out of luck");
    }

    @Test
    void refusesPartAfterUnknownPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> starter().start(List.of(task("b", "a"))))
                .withMessage("b: after a (expected: a part that was named before)");
    }

    @Test
    void startsAgainWhatWasKilledWhileTheOthersGoOn() {
        var starter = starter();
        var parts = List.<Part>of(sleeper("first"), sleeper("second", "first"));
        starter.start(parts);
        var all = Objects.requireNonNull(supervisor);
        var killed = all.running().getFirst();

        all.kill(killed);
        assertThat(killed.alive()).isFalse();
        starter.startAgain(parts, "first");

        assertThat(all.firstDeath()).isNotDone();
        assertThat(all.running()).extracting(Running::name).containsExactly("second", "first");
        assertThat(all.running()).extracting(Running::wave).containsExactly(2, 1);
        assertThat(all.running()).allMatch(Running::alive);
    }

    @Test
    void tellsHowPartEndedThatWasAskedTo() {
        var starter = starter();
        starter.start(List.of(sleeper("first"), sleeper("second")));
        var all = Objects.requireNonNull(supervisor);
        var running = all.running().getFirst();

        assertThat(all.end(running)).isEqualTo(128 + 15);

        assertThat(all.running()).doesNotContain(running).hasSize(1);
        assertThat(all.firstDeath()).isNotDone();
    }

    private Part sleeper(String name, String... after) {
        return new Part.Server(
                name,
                List.of(after),
                _ -> new Launch(name, List.of("sleep", "600"), directory, directory.resolve(name + ".log")),
                () -> {},
                StopSignal.TERM);
    }

    private Starter starter() {
        supervisor = new Supervisor(new RunFile(directory.resolve("run.pids")));
        return new Starter(supervisor, (_, _) -> {});
    }

    private Part task(String name, String... after) {
        return new Part.Task(name, List.of(after), _ -> done.add(name));
    }
}
