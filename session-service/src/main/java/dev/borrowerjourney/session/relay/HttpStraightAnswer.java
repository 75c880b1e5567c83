package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.browser.BrowserHeaders;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;

/** Cleans and writes the answers of the straight route, by the rules of the whole one. */
final class HttpStraightAnswer {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_FAILURE = 400;
    private static final int USUAL_BYTES = 4_096;

    private final HttpAnswerHeaders headers;
    private final HttpAnswerTypes types;
    private final HttpCleaning cleaning;
    private final Patience patience;
    private final Observations observations;
    private final int mostBytes;

    HttpStraightAnswer(
            HttpAnswerHeaders headers,
            RelayProperties properties,
            HttpCleaning cleaning,
            Patience patience,
            Observations observations) {
        this.headers = headers;
        this.types = new HttpAnswerTypes(properties);
        this.cleaning = cleaning;
        this.patience = patience;
        this.observations = observations;
        this.mostBytes = (int) properties.largestAnswer().toBytes();
    }

    /** An answer of which the body is still to be read. */
    record Head(HttpClientResponse response, Connection connection) {}

    /** An answer that the straight route cannot deal with. */
    static final class UnusualException extends RuntimeException {
        UnusualException() {
            super("an unusual answer", null, false, false);
        }
    }

    Mono<Void> written(Head head, Ticket ticket, HttpPassage passage, HttpUsualCall call, HttpServerResponse response) {
        int status = head.response().status().code();
        var kept = headers.kept(
                new HttpHeaders(new Netty4HeadersAdapter(head.response().responseHeaders())));
        if (!isUsual(status, kept)) {
            head.connection().dispose();
            return Mono.error(new UnusualException());
        }
        return patience.untilItEnds(head.connection().inbound().receive(), ticket.since())
                .reduceWith(() -> new Body(mostBytes), Body::plus)
                .flatMap(body -> {
                    var clean = cleaned(body, status, passage, call);
                    ticket.answered(status);
                    return written(response, status, kept, clean, call.correlationId());
                });
    }

    private boolean isUsual(int status, HttpHeaders kept) {
        return (status == OK || (status >= FIRST_FAILURE && status != UNAUTHORIZED))
                && types.of(kept) == HttpAnswerTypes.Kind.CLEANED
                && kept.getContentLength() <= mostBytes
                && !kept.containsHeader(HttpHeaders.LOCATION);
    }

    private byte[] cleaned(Body body, int status, HttpPassage passage, HttpUsualCall call) {
        try {
            var cleaned = cleaning.of(body.toByteArray());
            passage.tell(status, cleaned.outline(), call.correlationId(), call.traceparent(), observations);
            return cleaned.body();
        } catch (JacksonException _) {
            throw new UnusualException();
        }
    }

    private static Mono<Void> written(
            HttpServerResponse response, int status, HttpHeaders kept, byte[] body, String correlationId) {
        var sent = response.status(status).responseHeaders();
        kept.forEach((name, values) -> sent.set(name, values));
        BrowserHeaders.forEach((name, values) -> sent.set(name, values));
        sent.set(CorrelationId.HEADER, correlationId);
        sent.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response.sendObject(Unpooled.wrappedBuffer(body)).then();
    }

    /** The body so far. */
    private static final class Body extends ByteArrayOutputStream {

        private final int most;

        Body(int most) {
            super(USUAL_BYTES);
            this.most = most;
        }

        Body plus(ByteBuf part) {
            int length = part.readableBytes();
            if (size() + length > most) {
                throw new UnusualException();
            }
            var bytes = new byte[length];
            part.readBytes(bytes);
            write(bytes, 0, length);
            return this;
        }
    }
}
