package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The load generator wrk. It takes the sessions in turn, whichever connection is free. */
final class Wrk {

    static final int CONNECTIONS = 64;

    private static final String SCRIPT = """
            local requests, place, threads = {}, 0, 0
            function setup(thread)
              thread:set("first", threads)
              threads = threads + 1
            end
            function init()
              for line in io.lines("REQUESTS") do
                local path, token = line:match("^(%S+) (%S+)$")
                requests[#requests + 1] = wrk.format("GET", path,
                  { ["Host"] = wrk.headers["Host"], ["Accept"] = "application/json", ["Authorization"] = "Bearer " .. token })
              end
              -- Two threads that went side by side would ask for each session twice in a row.
              place = math.floor(first * #requests / 2)
            end
            function request()
              place = place % #requests + 1
              return requests[place]
            end
            function done(summary, latency)
              local e = summary.errors
              io.write(string.format('{"requests":%d,"micros":%d,"bytes":%d,"failed":%d,"refused":%d,"p50":%d,"p99":%d,"p999":%d}\\n',
                summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.timeout, e.status,
                latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
            end
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path script;

    private Wrk(Path script) {
        this.script = script;
    }

    /** Writes the requests out; the files are the owner's alone, because tokens are in them. */
    static Wrk of(Path directory, List<RelaySessions.Live> sessions) throws IOException {
        var lines = new StringBuilder();
        sessions.forEach(session ->
                lines.append(session.path()).append(' ').append(session.token()).append('\n'));
        var requests = directory.resolve("requests.txt");
        OwnFiles.write(requests, lines.toString());
        var script = directory.resolve("rotate.lua");
        OwnFiles.write(
                script, SCRIPT.replace("REQUESTS", requests.toAbsolutePath().toString()));
        return new Wrk(script);
    }

    List<String> command(String url, Duration time) {
        return List.of(
                "wrk",
                "-t2",
                "-c" + CONNECTIONS,
                "-d" + time.toSeconds() + "s",
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                url);
    }

    Run run(String url, Duration time) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command(url, time)).redirectErrorStream(true).start();
        try {
            var lines = new ArrayList<String>();
            try (var output = process.inputReader(UTF_8)) {
                output.lines().forEach(lines::add);
            }
            if (!process.waitFor(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new BenchFailed("wrk: failed, " + lines);
            }
            return JSON.readValue(
                    lines.stream()
                            .filter(line -> line.startsWith("{"))
                            .findFirst()
                            .orElseThrow(() -> new BenchFailed("wrk: tells no figures, " + lines)),
                    Run.class);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * What it tells.
     *
     * @param failed requests without an answer
     * @param refused answers with a status of 400 and above
     * @param p50 in microseconds, like the others; of a closed loop
     */
    record Run(long requests, long micros, long bytes, long failed, long refused, long p50, long p99, long p999) {

        double perSecond() {
            return requests / (micros / 1e6);
        }

        long bytesEach() {
            return requests == 0 ? 0 : bytes / requests;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%8.0f/s   p50 %.2f p99 %.2f p99.9 %.2f ms",
                    perSecond(),
                    p50 / 1e3,
                    p99 / 1e3,
                    p999 / 1e3);
        }
    }
}
