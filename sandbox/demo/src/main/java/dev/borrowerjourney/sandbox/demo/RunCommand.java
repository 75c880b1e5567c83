package dev.borrowerjourney.sandbox.demo;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.ProcessFailed;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Starts the demo and stays until it is stopped, or something dies that cannot come back. */
final class RunCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What dies again sooner would die for ever. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final Layout layout;
    private final Ports ports;
    private final long from = System.nanoTime();
    private final Map<String, Long> millisByPart = new LinkedHashMap<>();

    RunCommand(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
    }

    int run(Invocation.Run run) throws IOException {
        var demo = new Demo(layout, ports);
        var ready = new AtomicBoolean();
        try {
            demo.takeOver().forEach(name -> System.out.println("ended a leftover: " + name));
        } catch (StartFailed e) {
            return failed(e.getMessage());
        }
        if (run.fresh()) {
            demo.beginAnew();
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stopped(demo, ready)));
        return stay(demo, run, ready);
    }

    private int stay(Demo demo, Invocation.Run run, AtomicBoolean ready) throws IOException {
        try {
            demo.start(run.only(), this::progress);
            if (run.json() != null) {
                OwnFiles.write(run.json(), report());
            }
            System.out.println(addresses(demo.file()));
            ready.set(true);
            System.out.println("Ready after " + seconds() + " s");
            var death = revive(demo);
            ready.set(false);
            return failed(death.report());
        } catch (StartFailed e) {
            return failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            demo.close();
        }
    }

    /** Starts services again that die, as Kubernetes does; returns with a death for which that does not help. */
    private static ProcessFailed revive(Demo demo) throws IOException, InterruptedException {
        var backSince = new HashMap<String, Instant>();
        while (true) {
            var dead = demo.awaitDeath();
            var alive = Duration.between(backSince.getOrDefault(dead.name(), Instant.EPOCH), Instant.now());
            if (!demo.comesBack(dead.name()) || alive.compareTo(STEADY) < 0) {
                return dead.death();
            }
            System.out.println(dead.death().getMessage() + ": starting it again");
            try {
                demo.startAgain(dead.name());
            } catch (ProcessFailed again) {
                return again;
            }
            backSince.put(dead.name(), Instant.now());
            demo.tell();
            System.out.println(dead.name() + " is ready again");
        }
    }

    /** Runs on Ctrl-C and SIGTERM, at any moment, and after a failure, when there is nothing left to do. */
    private static void stopped(Demo demo, AtomicBoolean ready) {
        boolean whenAsked = ready.get();
        if (whenAsked) {
            System.out.println("Stopping");
        }
        demo.close();
        if (whenAsked) {
            System.out.println("Stopped");
            System.out.flush();
            // A running demo that ends because someone asked has not failed.
            Runtime.getRuntime().halt(0);
        }
    }

    private synchronized void progress(String name, long millis) {
        millisByPart.put(name, millis);
        System.out.printf("%6s s  %s (%.1f s)%n", seconds(), name, millis / 1_000.0);
    }

    private String seconds() {
        return "%.1f".formatted((System.nanoTime() - from) / 1e9);
    }

    private synchronized String report() {
        return JSON.writeValueAsString(
                Map.of("readyAfterMillis", (System.nanoTime() - from) / 1_000_000, "partMillis", millisByPart));
    }

    private String addresses(DemoFile file) {
        return """

                edge (borrower app)   %s
                session-service       %s
                webhook-ingest        %s
                journey-projector     %s
                notifier-service      %s
                platform, identity    %s
                push inbox            %s
                operator's page       %s
                schema registry       %s
                Kafka                 %s
                PostgreSQL            %s:%d/%s
                logs                  %s
                addresses, secrets    %s
                """.formatted(
                        file.urls().edge(),
                        file.urls().session(),
                        file.urls().ingest(),
                        file.urls().projector(),
                        file.urls().notifier(),
                        file.urls().platform(),
                        file.urls().pushInbox(),
                        file.urls().operatorPage(),
                        file.urls().schemaRegistry(),
                        file.kafka().bootstrapServers(),
                        file.postgres().host(),
                        file.postgres().port(),
                        file.postgres().database(),
                        layout.logs(),
                        layout.demoFile());
    }

    private static int failed(@Nullable String message) {
        System.err.println(message);
        return 1;
    }
}
