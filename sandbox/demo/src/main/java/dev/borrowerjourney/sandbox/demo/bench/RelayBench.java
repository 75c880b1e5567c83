package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures session-service's relay beside nginx, in front of the same upstream. */
final class RelayBench {

    private static final String SERVICE = "session-service";

    /** Grants the views that the service reads. */
    private static final String PROJECTOR = "journey-projector";

    private static final int CREATION_WARM_UP = 50;

    /** The generator is one client that calls for all borrowers, more often than they would. */
    private static final List<String> UNLIMITED = List.of(
            "-Dsession.relay.limits.calls-per-second=1000000",
            "-Dsession.relay.limits.burst=1000000",
            "-Dsession.relay.limits.borrower-calls-per-second=1000000",
            "-Dsession.relay.limits.borrower-burst=1000000");

    /** The platform's state answers from memory, everything else from the sandbox's platform. */
    private static final String UPSTREAM = """
                upstream platform {
                    server 127.0.0.1:BEHIND;
                    keepalive 64;
                }
                server {
                    listen LISTEN;
                    location ~ ^/api/v1/headless/journeys/([0-9a-f-]+)/state$ {
                        add_header X-Internal-Node node-7;
                        return 200 'ANSWER';
                    }
                    location / {
                        proxy_pass http://platform;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
            """;

    private static final String LIMIT = """
                upstream platform {
                    server 127.0.0.1:BEHIND;
                    keepalive 64;
                    keepalive_requests 1000000000;
                    keepalive_timeout 1h;
                }
                server {
                    listen LISTEN;
                    location / {
                        proxy_pass http://platform;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                    }
                }
            """;

    private final Layout layout;
    private final Ports ports;
    private final Jvms jvms;
    private final Demo demo;
    private final RelayPlan plan;

    /** Java's options are the usual ones if none are given. */
    RelayBench(Layout layout, Ports ports, RelayPlan plan, List<String> java) {
        this.layout = layout;
        this.ports = ports;
        this.jvms = new Jvms(Map.of(
                SERVICE,
                Stream.concat((java.isEmpty() ? IngestBench.SERVICE_JVM : java).stream(), UNLIMITED.stream())
                        .toList()));
        this.demo = new Demo(layout, ports, jvms);
        this.plan = plan;
    }

    RelayReport run() throws Exception {
        demo.takeOver().forEach(name -> say("ended a leftover: " + name));
        demo.beginAnew();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
        try (var upstream =
                        nginx("upstream", UPSTREAM.replace("ANSWER", StateAnswer.template()), ports.of(Port.PLATFORM));
                var limit = nginx("limit", LIMIT, upstream.address().getPort())) {
            demo.platformAt(upstream.url());
            demo.start(List.of(SERVICE, PROJECTOR), (name, millis) -> say("%s (%.1f s)".formatted(name, millis / 1e3)));
            return measure(upstream, limit);
        } finally {
            demo.close();
            demo.beginAnew();
        }
    }

    private Nginx nginx(String name, String servers, int behind) throws Exception {
        return Nginx.start(
                name, layout.target().resolve("nginx-" + name), servers.replace("BEHIND", Integer.toString(behind)));
    }

    private RelayReport measure(Nginx upstream, Nginx limit) throws Exception {
        try (var maker = new RelaySessions(demo.file(), upstream.url())) {
            var sessions = maker.make(plan.sessions());
            say("%d sessions".formatted(sessions.size()));
            // The platform takes none but its own tokens, so an answer of its own shows that ours was exchanged.
            maker.journeys(sessions.getFirst());
            var wrk = Wrk.of(layout.data(), sessions);
            try (var runs = new RelayRuns(sessions, wrk, upstream)) {
                return measure(
                        maker,
                        runs,
                        wrk,
                        new RelayRuns.Target(
                                "ours    ",
                                demo.file().urls().session(),
                                true,
                                () -> ProcessUsage.of(demo.running(SERVICE).pid()),
                                () -> ProcessUsage.ofTree(
                                        demo.running("postgresql").process().toHandle())),
                        RelayRuns.Target.of(limit, "limit   "),
                        RelayRuns.Target.of(upstream, "upstream"));
            }
        }
    }

    private RelayReport measure(
            RelaySessions maker,
            RelayRuns runs,
            Wrk wrk,
            RelayRuns.Target ours,
            RelayRuns.Target limit,
            RelayRuns.Target upstream)
            throws Exception {
        runs.warmUp(ours, plan.warmUpRequests());
        var alone = runs.closed(upstream, plan.measured());
        var closed = new ArrayList<RelayReport.Run>();
        var limits = new ArrayList<RelayReport.Run>();
        for (int round = 1; round <= plan.rounds(); round++) {
            closed.add(runs.closed(ours, plan.measured()));
            limits.add(runs.closed(limit, plan.measured()));
        }
        var bare = bare(runs, upstream);
        double half = Median.of(closed, RelayReport.Run::perSecond).value() / 2;
        var upstreamOpen = runs.open(upstream, half, plan.open());
        var limitOpen = runs.open(limit, half, plan.open());
        var oursOpen = runs.open(ours, half, plan.open());
        var creation = maker.time(CREATION_WARM_UP, plan.creations());
        var complaints =
                new ArrayList<>(Median.of(limits, RelayReport.Run::perSecond).complaints());
        complaints.addAll(runs.complaints());
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put("generator", wrk.command(limit.url(), plan.measured()));
        commands.put(
                "limit", List.of(Nginx.version() + ", see " + layout.target().resolve("nginx-limit/nginx.conf")));
        return new RelayReport(
                closed,
                limits,
                bare,
                alone,
                oursOpen,
                limitOpen,
                upstreamOpen,
                creation,
                plan.sessions(),
                runs.verified(),
                commands,
                jvms.options(),
                complaints);
    }

    /** What HTTP alone leaves of the two cores to a relay in Java. */
    private RelayReport.Run bare(RelayRuns runs, RelayRuns.Target upstream) throws Exception {
        int behind = URI.create(upstream.url()).getPort();
        try (var bare = BareHttp.start(layout, IngestBench.SERVICE_JVM, BareRelay.class, Integer.toString(behind))) {
            var target = RelayRuns.Target.of(bare, "bare    ");
            runs.warmUp(target, plan.warmUpRequests() / 10);
            return runs.closed(target, plan.measured());
        }
    }
}
