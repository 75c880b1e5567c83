package dev.borrowerjourney.sandbox.demo.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Listens at once, and shows something as soon as the demo is ready. */
public final class OperatorPage {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MOST_LISTENERS = 20;
    private static final int LARGEST_BODY = 64 * 1024;

    /** No inline script or style, and no other host; nothing may frame it, because its buttons do things. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'",
            "Cache-Control",
            "no-store",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff");

    private final Scheduler work = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    private final AtomicInteger listeners = new AtomicInteger();
    private final Journeys journeys = new Journeys();
    private final Set<String> hosts;
    private final Routes routes;

    private OperatorPage(int port, Path files) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        routes = new Routes(journeys, new PageFiles(files));
    }

    /**
     * Stays until it is ended.
     *
     * @param arguments port, file that tells of the running demo, directory of the page's files
     */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        var page = new OperatorPage(port, Path.of(arguments[2]));
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(page::answer)
                .bindNow();
        System.out.println("The operator's page is at http://127.0.0.1:" + port);
        Thread.ofVirtual().start(() -> page.follow(new RunningDemo(Path.of(arguments[1]))));
        server.onDispose().block();
    }

    private void follow(RunningDemo running) {
        var demo = running.await();
        var platform = new HttpPlatform(demo.urls().platformAdmin());
        var database = new PostgresReadModel(demo.postgres());
        var watch = new Watch(journeys, platform, database, running, demo);
        watch.begin();
        var ways = new Ways(journeys, platform, database, demo.platform().applicationId());
        routes.running(new Routes.Running(demo, platform, database, ways, watch, new ProcessLogs(demo.processes())));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        HEADERS.forEach(response::header);
        if (!hosts.contains(String.valueOf(request.requestHeaders().get("Host"))) || foreign(request)) {
            return send(response, Answer.problem(403, "Only this page may ask."));
        }
        if (request.method().name().equals("GET") && request.fullPath().equals("/api/live")) {
            return live(response);
        }
        return request.receive()
                .aggregate()
                .asString(UTF_8)
                .filter(body -> body.length() <= LARGEST_BODY)
                .defaultIfEmpty("")
                .publishOn(work)
                .map(body -> routes.answer(question(request, body)))
                .flatMap(answer -> Mono.from(send(response, answer)));
    }

    /** A page of another origin may lead here, and neither read what is shown nor turn a switch. */
    private static boolean foreign(HttpServerRequest request) {
        var site = request.requestHeaders().get("Sec-Fetch-Site");
        var led = request.method().name().equals("GET")
                && ("none".equals(site) || request.fullPath().equals("/"));
        return site != null && !site.equals("same-origin") && !led;
    }

    private static Routes.Question question(HttpServerRequest request, String body) {
        var decoder = new QueryStringDecoder(request.uri());
        var query = new HashMap<String, String>();
        decoder.parameters().forEach((name, values) -> query.put(name, values.getLast()));
        return new Routes.Question(request.method().name(), decoder.path(), query, body);
    }

    private static Publisher<Void> send(HttpServerResponse response, Answer answer) {
        return response.status(answer.status())
                .header("Content-Type", answer.type())
                .sendString(Mono.just(answer.body()), UTF_8);
    }

    /** Which journeys moved, twice a second at most, whatever the load. */
    private Publisher<Void> live(HttpServerResponse response) {
        if (listeners.incrementAndGet() > MOST_LISTENERS) {
            listeners.decrementAndGet();
            return send(response, Answer.problem(503, "Too many pages are open."));
        }
        var told = new long[] {journeys.revision()};
        var moved = Flux.interval(TICK).onBackpressureDrop().concatMap(_ -> {
            var now = journeys.revision();
            if (now == told[0]) {
                return Mono.<String>empty();
            }
            var ids = journeys.movedAfter(told[0]);
            told[0] = now;
            return Mono.just("event:moved\ndata:" + Json.MAPPER.writeValueAsString(ids) + "\n\n");
        });
        var beats = Flux.interval(Duration.ZERO, HEARTBEAT).onBackpressureDrop().map(_ -> ":\n\n");
        var lines = Flux.merge(beats, moved).doFinally(_ -> listeners.decrementAndGet());
        return response.sse().send(lines.map(line -> Unpooled.copiedBuffer(line, UTF_8)), _ -> true);
    }
}
