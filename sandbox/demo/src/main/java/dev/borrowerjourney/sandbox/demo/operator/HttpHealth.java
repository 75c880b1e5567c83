package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the processes and the kernel how they are. */
final class HttpHealth {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long PAGE_BYTES = 4096;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final RunningDemo running;
    private final DemoFile.Management urls;
    private final Map<String, String> management;

    HttpHealth(RunningDemo running, DemoFile.Management urls) {
        this.running = running;
        this.urls = urls;
        this.management = Map.of(
                "session-service", urls.session(),
                "webhook-ingest-service", urls.ingest(),
                "journey-projector", urls.projector(),
                "notifier-service", urls.notifier());
    }

    Health look() throws IOException, InterruptedException {
        var processes = new ArrayList<Health.Part>();
        for (var process : running.read().processes()) {
            processes.add(new Health.Part(
                    process.name(), process.pid(), state(process.name(), process.pid()), megabytes(process.pid())));
        }
        var metrics = metrics();
        return new Health(
                processes, value(metrics, "projector_lag_records"), value(metrics, "projector_lag_age_seconds"));
    }

    private Health.State state(String name, long pid) throws InterruptedException {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return Health.State.ENDED;
        }
        if (stopped(pid)) {
            return Health.State.STOPPED;
        }
        var base = management.get(name);
        if (base == null) {
            return Health.State.RUNS;
        }
        return ask(base + "/health/readiness") == null ? Health.State.NOT_READY : Health.State.READY;
    }

    /** What 200 answers; null for whatever else. */
    private @Nullable String ask(String url) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            var answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException _) {
            return null;
        }
    }

    private String metrics() throws InterruptedException {
        var answer = ask(urls.projector() + "/prometheus");
        return answer == null ? "" : answer;
    }

    /** The sum of a metric's series; null if there is none. */
    static @Nullable Double value(String metrics, String name) {
        var values = metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
        return values.isEmpty()
                ? null
                : values.stream().mapToDouble(Double::parseDouble).sum();
    }

    /** The third field of /proc/PID/stat, behind the name in parentheses. */
    private static boolean stopped(long pid) {
        var stat = kernel(pid, "stat");
        int end = stat.lastIndexOf(") ");
        return end > 0 && stat.startsWith("T", end + 2);
    }

    private static long megabytes(long pid) {
        var fields = kernel(pid, "statm").split(" ", -1);
        return fields.length < 2 ? 0 : Long.parseLong(fields[1]) * PAGE_BYTES / (1024 * 1024);
    }

    private static String kernel(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException _) {
            return "";
        }
    }
}
