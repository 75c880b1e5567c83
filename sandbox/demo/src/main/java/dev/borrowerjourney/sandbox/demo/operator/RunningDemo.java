package dev.borrowerjourney.sandbox.demo.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The demo that the page belongs to: its file is there once everything is ready. */
final class RunningDemo {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path path;

    RunningDemo(Path path) {
        this.path = path;
    }

    /** Blocks until the demo is ready. */
    DemoFile await() {
        while (true) {
            try {
                if (Files.exists(path)) {
                    return read();
                }
            } catch (IOException e) {
                System.out.println(path + ": " + e.getClass().getSimpleName());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** As it is now: a process that was started again has another pid. Fails once the demo has ended. */
    DemoFile read() throws IOException {
        return Json.MAPPER.readValue(Files.readString(path, UTF_8), DemoFile.class);
    }
}
