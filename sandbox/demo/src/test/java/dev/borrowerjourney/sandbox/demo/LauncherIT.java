package dev.borrowerjourney.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database alone stands for all processes here: what is tested is how they are started and ended. */
class LauncherIT {

    private static final String[] DATABASE = {"--only", "postgresql"};

    private final Ports ports = Ports.free();
    private final Layout layout = layout(Path.of("target/launcher-it"));

    @Test
    void leavesNothingRunningWhenAskedToStop() throws Exception {
        try (var launcher = LauncherProcess.start(layout, ports, "--fresh", "--only", "postgresql")
                .awaitReady()) {
            var children = launcher.children();
            assertThat(children).isNotEmpty();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.demoFile())))
                    .isEqualTo("rw-------");

            assertThat(launcher.terminate().awaitEnd()).isZero();

            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(layout.demoFile()).doesNotExist();
            assertThat(layout.runFile()).doesNotExist();
        }
    }

    @Test
    void leavesNothingRunningWhenStoppedWhileStarting() throws Exception {
        try (var launcher = LauncherProcess.start(layout, ports, "--only", "broker,postgresql")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> launcher.children().size() >= 2);
            var children = launcher.children();

            assertThat(launcher.terminate().awaitEnd()).isNotZero();

            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(launcher.output()).doesNotContain("Ready");
        }
    }

    /** Nobody can catch kill -9; the pids on disk are how the next start knows. */
    @Test
    void endsWhatKilledLauncherLeft() throws Exception {
        List<ProcessHandle> left;
        try (var killed = LauncherProcess.start(layout, ports, DATABASE).awaitReady()) {
            left = killed.children();
            killed.kill();
            assertThat(left).allMatch(ProcessHandle::isAlive);
        }

        try (var next = LauncherProcess.start(layout, ports, DATABASE).awaitReady()) {
            assertThat(next.output()).contains("ended a leftover: postgresql");
            await().atMost(Duration.ofSeconds(60)).until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void namesTheProcessThatDiedAndStopsTheOthers() throws Exception {
        try (var launcher = LauncherProcess.start(layout, ports, DATABASE).awaitReady()) {
            var children = launcher.children();

            launcher.child("postgresql").destroyForcibly();

            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output()).contains("postgresql died with code 137", "the last lines of", "  | ");
            await().atMost(Duration.ofSeconds(60)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void startsAgainWhatDiedAndCanComeBack() throws Exception {
        try (var launcher =
                LauncherProcess.start(layout, ports, "--only", "platform").awaitReady()) {
            var killed = launcher.child("platform");

            killed.destroyForcibly();

            launcher.awaitLine("platform died with code 137: starting it again").awaitLine("platform is ready again");
            var back = launcher.child("platform");
            assertThat(back.pid()).isNotEqualTo(killed.pid());
            assertThat(Files.readString(layout.demoFile())).contains("\"pid\" : " + back.pid());
            assertThat(launcher.terminate().awaitEnd()).isZero();
            assertThat(back.isAlive()).isFalse();
        }
    }

    @Test
    void saysThatDemoRunsAlready() throws Exception {
        try (var _ = LauncherProcess.start(layout, ports, DATABASE).awaitReady();
                var second = LauncherProcess.start(layout, Ports.free(), DATABASE)) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output()).contains("a demo runs already (pid ");
        }
    }

    @Test
    void namesTheSettingOfTakenPort() throws Exception {
        try (var _ = new ServerSocket(ports.of(Port.REGISTRY), 1, InetAddress.getLoopbackAddress());
                var launcher = LauncherProcess.start(layout, ports, DATABASE)) {
            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output())
                    .contains("port " + ports.of(Port.REGISTRY) + " is taken: move it with SANDBOX_PORT_REGISTRY");
        }
    }

    @Test
    void asksForFreshStartOverDataOfAnotherBuild() throws Exception {
        var other = layout(Path.of("target/launcher-it-other"));
        Files.createDirectories(other.data());
        Files.createDirectories(other.secrets());
        Files.writeString(other.data().resolve("format.json"), "{\"layout\": \"0\"}");

        try (var launcher = LauncherProcess.start(other, ports, DATABASE)) {
            assertThat(launcher.awaitEnd()).isEqualTo(1);
            assertThat(launcher.output()).contains("is from another build: layout has changed", "--fresh");
        }
    }

    /** Whoever has seen enough of a script presses Ctrl-C, and must have a friendly platform again. */
    @Test
    void setsThePlatformRightWhenAScriptIsInterrupted() throws Exception {
        try (var _ = LauncherProcess.start(layout, ports, "--only", "platform").awaitReady();
                var script = LauncherProcess.start(layout, ports, "hostile", "outage")
                        .awaitLine("phase 1 of 2: away");
                var during =
                        LauncherProcess.start(layout, ports, "hostile", "show").awaitLine("* cutCalls")) {
            assertThat(during.awaitEnd()).isZero();

            assertThat(script.terminate().awaitEnd()).isZero();

            assertThat(script.output()).contains("everything is set right again");
            try (var shown = LauncherProcess.start(layout, ports, "hostile", "show")) {
                assertThat(shown.awaitEnd()).isZero();
                assertThat(shown.output()).contains("cutCalls").doesNotContain("* ");
            }
        }
    }

    @Test
    void refusesOptionItDoesNotKnow() throws Exception {
        try (var launcher = LauncherProcess.start(layout, ports, "--frehs")) {
            assertThat(launcher.awaitEnd()).isEqualTo(2);
            assertThat(launcher.output()).contains("'--frehs'");
        }
    }

    private static Layout layout(Path target) {
        try {
            Files.createDirectories(target);
            return new Layout(LauncherProcess.repository(), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
