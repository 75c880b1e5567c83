package dev.borrowerjourney.session.relay;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.relay.HttpRelayRequest.Authorization;
import dev.borrowerjourney.session.relay.HttpRelayRequest.Reason;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.LiveSession;
import dev.borrowerjourney.session.session.LiveSessions;
import dev.borrowerjourney.session.session.PlatformCredentials;
import dev.borrowerjourney.session.session.PlatformFailures;
import dev.borrowerjourney.session.session.Renewal;
import dev.borrowerjourney.session.session.Renewals;
import dev.borrowerjourney.session.session.SessionToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;

/**
 * Exchanges our token for the platform's and sends the call on. A call that the platform refuses with 401 was not executed:
 * the platform session is renewed once and the call repeated under the same Idempotency-Key, unless its body was too large
 * to be kept.
 */
class HttpRelayFilter implements GatewayFilter {

    private static final String TICKET = Ticket.class.getName();

    private final Custody custody;
    private final LiveSessions sessions;
    private final Renewals renewals;
    private final HttpBodies bodies;
    private final Observations observations;
    private final Admission admission;
    private final Patience patience;
    private final Scheduler blocking;
    private final MeterRegistry meters;

    HttpRelayFilter(
            Custody custody,
            LiveSessions sessions,
            Renewals renewals,
            HttpBodies bodies,
            Observations observations,
            Admission admission,
            Patience patience,
            Scheduler blocking,
            MeterRegistry meters) {
        this.custody = custody;
        this.sessions = sessions;
        this.renewals = renewals;
        this.bodies = bodies;
        this.observations = observations;
        this.admission = admission;
        this.patience = patience;
        this.blocking = blocking;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        // The gateway names no pattern, and metrics and spans would say UNKNOWN.
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(context -> context.setPathPattern(RelayConfiguration.PATTERN));
        var refusal = HttpRelayRequest.refusal(exchange.getRequest());
        if (refusal.isPresent()) {
            return Mono.error(refusal.get());
        }
        return switch (HttpRelayRequest.authorization(exchange.getRequest(), custody)) {
            case Authorization.Refused(var reason) -> Mono.error(unauthenticated(reason));
            case Authorization.Ours(var token) ->
                session(token)
                        .flatMap(session ->
                                Mono.deferContextual(view -> admitted(exchange, chain, session, Handover.in(view))));
        };
    }

    /** The ticket of an exchange, if it has one. */
    static Optional<Ticket> ticketOf(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(TICKET));
    }

    /** On the calling thread if the session is remembered. */
    private Mono<LiveSession> session(SessionToken token) {
        return sessions.remembered(token).map(Mono::just).orElseGet(() -> Mono.fromCallable(
                        () -> sessions.find(token).orElseThrow(() -> unauthenticated(Reason.UNKNOWN)))
                .subscribeOn(blocking));
    }

    private Mono<Void> admitted(
            ServerWebExchange exchange, GatewayFilterChain chain, LiveSession session, Optional<Handover> handover) {
        var decision = handover.map(Handover::decision)
                .orElseGet(() -> admission.decide(session.credentials().platformSessionId()));
        return switch (decision) {
            case Admission.Withheld withheld -> Mono.error(HttpUpstreamFailures.withheld(withheld));
            case Ticket ticket -> {
                exchange.getAttributes().put(TICKET, ticket);
                yield Mono.defer(() -> bodies.kept(
                                exchange,
                                (kept, repeatable) -> relay(
                                        new Call(
                                                kept,
                                                chain,
                                                repeatable,
                                                ticket,
                                                handover.map(Handover::failure).orElse(null)),
                                        session)))
                        // The app may have gone before whoever closes the ticket could see it.
                        .doOnCancel(ticket::close);
            }
        };
    }

    private Mono<Void> relay(Call call, LiveSession session) {
        return fresh(call, session.credentials()).flatMap(credentials -> send(call, credentials)
                .then(Mono.defer(() -> refused(call) ? repeat(call, credentials) : Mono.empty())));
    }

    private Mono<PlatformCredentials> fresh(Call call, PlatformCredentials credentials) {
        return credentials.lasts() ? Mono.just(credentials) : renewed(call, credentials);
    }

    private Mono<Void> repeat(Call call, PlatformCredentials refused) {
        meters.counter("session.relay.repeated", "reason", "unauthenticated").increment();
        return renewed(call, refused).flatMap(credentials -> {
            discardAnswer(call.exchange());
            return send(call, credentials);
        });
    }

    private Mono<PlatformCredentials> renewed(Call call, PlatformCredentials old) {
        var correlationId = CorrelationId.of(call.exchange());
        return Mono.fromCallable(() -> renewals.newerThan(old.platformSessionId(), old.generation(), correlationId))
                .subscribeOn(blocking)
                .map(renewal -> {
                    if (renewal instanceof Renewal.Renewed(var credentials)) {
                        sessions.renewed(credentials);
                        return credentials;
                    }
                    throw PlatformFailures.problem(renewal);
                });
    }

    private Mono<Void> send(Call call, PlatformCredentials credentials) {
        HttpPassage.begin(call.exchange(), credentials.platformSessionId(), observations);
        var authorised = call.exchange()
                .mutate()
                .request(request -> request.headers(headers -> {
                    // It may name any header as one of the hop, and the gateway would drop that one: even the token.
                    headers.remove(HttpHeaders.CONNECTION);
                    headers.set(
                            HttpHeaders.AUTHORIZATION,
                            "Bearer " + credentials.token().reveal());
                }))
                .build();
        return firstAnswered(call, authorised)
                .onErrorResume(failure -> mayBeSentAgain(call, failure), _ -> {
                    discardAnswer(authorised);
                    return answered(call, authorised);
                })
                .doOnError(failure -> HttpUpstreamFailures.fault(failure).ifPresent(call.ticket()::failed))
                .onErrorMap(HttpUpstreamFailures::problem);
    }

    private Mono<Void> firstAnswered(Call call, ServerWebExchange authorised) {
        return call.failure() == null ? answered(call, authorised) : Mono.error(call.failure());
    }

    private Mono<Void> answered(Call call, ServerWebExchange authorised) {
        return Mono.defer(() -> patience.untilItBegins(
                call.chain().filter(authorised),
                HttpBodies.progressOf(authorised),
                call.ticket().since()));
    }

    /** Where no connection was made nothing was sent; what only reads may be sent twice. */
    private static boolean mayBeSentAgain(Call call, Throwable failure) {
        return call.repeatable()
                && !call.exchange().getResponse().isCommitted()
                && (failure instanceof ConnectException
                        || (failure instanceof IOException
                                && HttpRelayRequest.reads(call.exchange().getRequest())));
    }

    private static boolean refused(Call call) {
        return call.repeatable()
                && !call.exchange().getResponse().isCommitted()
                && HttpStatus.UNAUTHORIZED.equals(call.exchange().getResponse().getStatusCode());
    }

    private static void discardAnswer(ServerWebExchange exchange) {
        if (exchange.getAttributes().remove(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection connection) {
            connection.dispose();
        }
        ServerWebExchangeUtils.reset(exchange);
        exchange.getResponse().setStatusCode(null);
    }

    private ProblemException unauthenticated(Reason reason) {
        meters.counter("session.relay.refused", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
        return HttpProblem.UNAUTHENTICATED
                .because("A live session token of POST /v1/sessions is required: Authorization: Bearer …")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    /**
     * A call under way.
     *
     * @param repeatable whether the request can be sent once more
     * @param failure of a first sending by the straight route, or null
     */
    private record Call(
            ServerWebExchange exchange,
            GatewayFilterChain chain,
            boolean repeatable,
            Ticket ticket,
            @Nullable Throwable failure) {}
}
