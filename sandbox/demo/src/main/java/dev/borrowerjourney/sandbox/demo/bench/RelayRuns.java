package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.journey.HttpCalls;
import dev.borrowerjourney.sandbox.load.delivery.RepeatedRequests;
import dev.borrowerjourney.sandbox.load.run.Load;
import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import dev.borrowerjourney.sandbox.load.run.Pace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The runs against one server after the other, each with a look at answers before it. */
final class RelayRuns implements AutoCloseable {

    private static final int SAMPLE = 100;
    private static final int OPEN_CONNECTIONS = 256;
    private static final long SEED = 20_261_123;
    private static final Duration OPEN_WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(4);

    private final HttpClient client = HttpCalls.client();
    private final List<RelaySessions.Live> sessions;
    private final Wrk wrk;
    private final Nginx upstream;
    private final List<String> complaints = new ArrayList<>();
    private int nextSample;
    private long verified;

    RelayRuns(List<RelaySessions.Live> sessions, Wrk wrk, Nginx upstream) {
        this.sessions = sessions;
        this.wrk = wrk;
        this.upstream = upstream;
    }

    /**
     * What is measured.
     *
     * @param cleans whether internals must be gone from its answers
     * @param usage of what stands between generator and upstream
     * @param database of what else it asks, or of nothing
     */
    record Target(
            String name, String url, boolean cleans, Supplier<ProcessUsage> usage, Supplier<ProcessUsage> database) {

        static Target of(Nginx nginx, String name) {
            return alone(name, nginx.url(), nginx::usage);
        }

        static Target of(BareHttp bare, String name) {
            return alone(name, bare.url(), () -> ProcessUsage.of(bare.pid()));
        }

        private static Target alone(String name, String url, Supplier<ProcessUsage> usage) {
            return new Target(name, url, false, usage, () -> new ProcessUsage(System.nanoTime(), 0, 0));
        }
    }

    List<String> complaints() {
        return complaints;
    }

    long verified() {
        return verified;
    }

    /** Until as many requests have been relayed, or the compilers have had their time. */
    void warmUp(Target target, long requests) throws IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        for (long relayed = 0; relayed < requests && System.nanoTime() < until; ) {
            relayed += wrk.run(target.url(), Duration.ofSeconds(5)).requests();
        }
    }

    RelayReport.Run closed(Target target, Duration time) throws IOException, InterruptedException {
        int expectedBytes = look(target);
        var before = List.of(
                target.usage().get(), upstream.usage(), target.database().get());
        var run = wrk.run(target.url(), time);
        var after = List.of(
                target.usage().get(), upstream.usage(), target.database().get());
        if (run.failed() > 0 || run.refused() > 0) {
            complaints.add("%s: %d requests without an answer, %d refused (expected: none)"
                    .formatted(target.name(), run.failed(), run.refused()));
        }
        if (run.bytesEach() < expectedBytes) {
            complaints.add("%s: answers of %d bytes with their heads (expected: more than %d, the body's)"
                    .formatted(target.name(), run.bytesEach(), expectedBytes));
        }
        look(target);
        say(target.name() + run);
        return new RelayReport.Run(
                run.perSecond(),
                run.p50() / 1e3,
                run.p99() / 1e3,
                run.p999() / 1e3,
                after.get(0).coresSince(before.get(0)),
                after.get(1).coresSince(before.get(1)),
                after.get(2).coresSince(before.get(2)),
                after.get(0).residentMegabytes());
    }

    RelayReport.Open open(Target target, double perSecond, Duration time) throws IOException, InterruptedException {
        var url = URI.create(target.url());
        var host = url.getAuthority();
        var requests = new RepeatedRequests(
                sessions.stream().map(session -> session.request(host)).toList());
        var address = new InetSocketAddress(url.getHost(), url.getPort());
        // What earlier runs have left would be collected amid this one, and make the generator late.
        System.gc();
        try (var load =
                Load.start(address, requests, new Pace.Open(perSecond, SEED), LoadSettings.once(OPEN_CONNECTIONS))) {
            load.awaitEnd(OPEN_WARM_UP);
            load.window();
            var before = List.of(target.usage().get(), ofGenerator());
            load.awaitEnd(time);
            var window = load.window();
            var after = List.of(target.usage().get(), ofGenerator());
            var counts = load.stop(PATIENCE);
            var open = new RelayReport.Open(
                    perSecond,
                    window.perSecond(),
                    window.latencyMillis(50),
                    window.latencyMillis(99),
                    window.latencyMillis(99.9),
                    window.latenessMillis(99),
                    counts.refused() + counts.unanswered(),
                    after.get(0).coresSince(before.get(0)),
                    after.get(1).coresSince(before.get(1)));
            complaints.addAll(RelayReport.complaintsOf(open, target.name()));
            say("%s, open loop: p50 %.2f p99 %.2f ms".formatted(target.name(), open.p50(), open.p99()));
            return open;
        }
    }

    private static ProcessUsage ofGenerator() {
        return ProcessUsage.of(ProcessHandle.current().pid());
    }

    /** Reads some answers; returns how long their bodies are. */
    private int look(Target target) throws IOException, InterruptedException {
        int bytes = 0;
        for (int i = 0; i < SAMPLE; i++) {
            var session = sessions.get(nextSample++ % sessions.size());
            var request = HttpRequest.newBuilder(URI.create(target.url() + session.path()))
                    .header("Authorization", "Bearer " + session.token())
                    .header("Accept", "application/json")
                    .timeout(PATIENCE)
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            var wrong = wrong(session, answer.statusCode(), answer.body(), target.cleans());
            if (!wrong.isEmpty()) {
                throw new BenchFailed(target.name() + ": " + wrong);
            }
            if (target.cleans()
                    && answer.headers().firstValue("X-Internal-Node").isPresent()) {
                throw new BenchFailed(target.name() + ": passes headers of the platform's network");
            }
            bytes = answer.body().length();
            verified++;
        }
        return bytes;
    }

    /** What is wrong with an answer, or nothing. */
    static String wrong(RelaySessions.Live session, int status, String body, boolean cleaned) {
        if (status != 200) {
            return "answers " + status + " (expected: 200)";
        }
        if (!cleaned) {
            return body.length() == StateAnswer.BYTES && body.contains(session.journeyId())
                    ? ""
                    : "an answer of %d characters (expected: %d, of the journey asked for)"
                            .formatted(body.length(), StateAnswer.BYTES);
        }
        var left = StateAnswer.INTERNALS.stream().filter(body::contains).toList();
        if (!left.isEmpty()) {
            return "internals of the network in an answer: " + left;
        }
        return StateAnswer.expected(session.journeyId()).equals(StateAnswer.read(body))
                ? ""
                : "an answer that differs in more than the internals";
    }

    @Override
    public void close() {
        client.close();
    }
}
