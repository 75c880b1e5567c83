package dev.borrowerjourney.session.relay;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.LiveSession;
import dev.borrowerjourney.session.session.LiveSessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Relays the usual call, a small read of a session that was seen lately, from connection to connection. It knows no problem
 * and no second attempt: whatever is unusual, in the request, in the answer or on the way, it hands over to the whole route,
 * which decides everything anew. RATIONALE.md tells what it saves.
 */
final class HttpStraightRoute {

    private static final String PATHS = "/api/v1/headless/";
    private static final int UNKNOWN = -1;

    private final Custody custody;
    private final LiveSessions sessions;
    private final Admission admission;
    private final Patience patience;
    private final HttpStraightAnswer answers;
    private final Observations observations;
    private final HttpClient client;
    private final Timer answered;
    private final Timer handedOver;
    private final ApplicationContext context;
    private volatile int port = UNKNOWN;
    private volatile boolean closing;

    HttpStraightRoute(
            Custody custody,
            LiveSessions sessions,
            Admission admission,
            Patience patience,
            HttpStraightAnswer answers,
            Observations observations,
            HttpClient client,
            PlatformProperties platform,
            MeterRegistry meters,
            ApplicationContext context) {
        this.custody = custody;
        this.sessions = sessions;
        this.admission = admission;
        this.patience = patience;
        this.answers = answers;
        this.observations = observations;
        this.client = client.option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(platform.connectTimeout().toMillis()))
                .baseUrl(platform.baseUrl().toString().replaceFirst("/$", ""));
        this.answered = meters.timer("session.relay.straight", "outcome", "answered");
        this.handedOver = meters.timer("session.relay.straight", "outcome", "handed_over");
        this.context = context;
    }

    /** The server of the management port is made by the same customizer, and must not relay. */
    @EventListener
    void opened(WebServerInitializedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            port = event.getWebServer().getPort();
        }
    }

    /** An answer of a service that ends is the last one of its connection, which the whole route sees to. */
    @EventListener
    void closing(ContextClosedEvent event) {
        closing |= event.getApplicationContext().equals(context);
    }

    /** Stands before the whole route. */
    HttpServerRoutes before(
            BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> whole, HttpServerRoutes routes) {
        return routes.route(
                request -> !closing && request.uri().startsWith(PATHS) && isOfThePublicPort(request),
                (request, response) -> relay(request, response, whole));
    }

    private boolean isOfThePublicPort(HttpServerRequest request) {
        return request.connectionHostAddress() instanceof InetSocketAddress address && address.getPort() == port;
    }

    private Publisher<Void> relay(
            HttpServerRequest request,
            HttpServerResponse response,
            BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> whole) {
        var call = HttpUsualCall.of(request, custody);
        if (call.isEmpty()) {
            return whole.apply(request, response);
        }
        var session = sessions.remembered(call.get().token())
                .filter(live -> live.credentials().lasts());
        if (session.isEmpty()
                || !(admission.decide(session.get().credentials().platformSessionId()) instanceof Ticket ticket)) {
            return whole.apply(request, response);
        }
        return answer(call.get(), session.get(), ticket, response)
                .doOnSuccess(_ -> answered.record(System.nanoTime() - ticket.since(), NANOSECONDS))
                .onErrorResume(failure -> !response.hasSentHeaders(), failure -> whole.apply(request, response)
                        .contextWrite(view -> view.put(Handover.KEY, handover(ticket, failure))))
                .doFinally(_ -> ticket.close());
    }

    private Handover handover(Ticket ticket, Throwable failure) {
        handedOver.record(System.nanoTime() - ticket.since(), NANOSECONDS);
        return new Handover(ticket, failure instanceof HttpStraightAnswer.UnusualException ? null : failure);
    }

    private Mono<Void> answer(HttpUsualCall call, LiveSession session, Ticket ticket, HttpServerResponse response) {
        var platformSessionId = session.credentials().platformSessionId();
        observations.called(platformSessionId);
        var passage = new HttpPassage(platformSessionId, ticket.since());
        return patience.untilItBegins(asked(call, session), new Patience.Progress(), ticket.since())
                .flatMap(head -> answers.written(head, ticket, passage, call, response));
    }

    private Mono<HttpStraightAnswer.Head> asked(HttpUsualCall call, LiveSession session) {
        return client.headers(headers -> {
                    headers.set(
                            HttpHeaderNames.AUTHORIZATION,
                            "Bearer " + session.credentials().token().reveal());
                    headers.set(HttpHeaderNames.ACCEPT, call.accept());
                    if (call.language() != null) {
                        headers.set(HttpHeaderNames.ACCEPT_LANGUAGE, call.language());
                    }
                    headers.set(CorrelationId.HEADER, call.correlationId());
                })
                .get()
                .uri(call.path())
                .responseConnection((head, connection) -> Mono.just(new HttpStraightAnswer.Head(head, connection)))
                .single();
    }
}
