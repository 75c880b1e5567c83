package dev.borrowerjourney.defaults.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The processes of a {@link TestDatabase}, so that a test can have it stand still, die and come back. */
public final class DatabaseServer {

    private final TestDatabase database;
    private final Path pidFile;
    private List<String> command = List.of();

    /** @param data the folder of its data, in which it says who it is */
    DatabaseServer(TestDatabase database, Path data) {
        this.database = database;
        this.pidFile = data.resolve("postmaster.pid");
    }

    /** It answers nobody any more, and closes no connection. */
    public void freeze() {
        // The one that makes the others comes first, or it would make another one.
        var first = first();
        freeze(first);
        first.descendants().forEach(DatabaseServer::freeze);
    }

    /** It goes on where it stood. */
    public void thaw() {
        all().forEach(process -> signal("-CONT", process));
    }

    /** As the loss of its machine does: connections break, and new ones are refused. */
    public void kill() {
        command = commandOf(first());
        // What is made while the others are killed would keep the data from their successors.
        freeze();
        var all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** After it was killed: starts it on the same data and port, and waits until it answers. */
    public void start() {
        try {
            var server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            database.awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(first()), first().descendants()).toList();
    }

    private ProcessHandle first() {
        try (var lines = Files.lines(pidFile)) {
            var pid = Long.parseLong(lines.findFirst().orElseThrow());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database server does not run as root, and needs a name space in which it is somebody else. */
    private static List<String> commandOf(ProcessHandle server) {
        var info = server.info();
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(info.command().orElseThrow());
        command.addAll(List.of(info.arguments().orElseThrow()));
        return command;
    }

    /** A process that still runs after the signal may make another one, which answers as if nothing had happened. */
    private static void freeze(ProcessHandle process) {
        signal("-STOP", process);
        Awaitility.await("process " + process.pid() + " stands still")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .until(() -> isStoppedOrEnded(process));
    }

    /** By the state in proc_pid_stat(5), which follows the name in brackets. */
    private static boolean isStoppedOrEnded(ProcessHandle process) throws IOException {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // Its parent stands still, too, and takes no note of its end.
            return "TZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            var code = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("kill " + name + " " + process.pid() + ": exit code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
