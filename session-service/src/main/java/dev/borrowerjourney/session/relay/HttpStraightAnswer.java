package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.browser.BrowserHeaders;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Cleans and writes the answers of the straight route, by the rules of the whole one. */
final class HttpStraightAnswer {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_FAILURE = 400;

    private static final HttpHeaders OWN = own();

    private final HttpAnswerTypes types;
    private final HttpCleaning cleaning;
    private final Observations observations;

    HttpStraightAnswer(RelayProperties properties, HttpCleaning cleaning, Observations observations) {
        this.types = new HttpAnswerTypes(properties);
        this.cleaning = cleaning;
        this.observations = observations;
    }

    /** What is told to the app; empty if the answer is one that the straight route cannot deal with. */
    Optional<FullHttpResponse> written(HttpStraightCall call, HttpResponse head, byte[] body) {
        int status = head.status().code();
        if (!isUsual(status, head.headers())) {
            return Optional.empty();
        }
        try {
            var cleaned = cleaning.of(body);
            told(call, status, cleaned);
            call.ticket().answered(status);
            return Optional.of(written(head, cleaned.body(), call.request()));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private void told(HttpStraightCall call, int status, Cleaning cleaned) {
        new HttpPassage(
                        call.session().credentials().platformSessionId(),
                        call.ticket().since())
                .tell(
                        status,
                        cleaned.outline(),
                        call.request().correlationId(),
                        call.request().traceparent(),
                        observations);
    }

    private boolean isUsual(int status, HttpHeaders sent) {
        return (status == OK || (status >= FIRST_FAILURE && status != UNAUTHORIZED))
                && types.of(sent.getAll(HttpHeaderNames.CONTENT_TYPE), sent.contains(HttpHeaderNames.CONTENT_ENCODING))
                        == HttpAnswerTypes.Kind.CLEANED
                && !sent.contains(HttpHeaderNames.LOCATION);
    }

    private static FullHttpResponse written(HttpResponse head, byte[] body, HttpUsualCall request) {
        var headers = OWN.copy();
        var ofTheHop = HttpAnswerHeaders.ofTheHop(head.headers().getAll(HttpHeaderNames.CONNECTION));
        for (var entries = head.headers().iteratorAsString(); entries.hasNext(); ) {
            var entry = entries.next();
            if (HttpAnswerHeaders.isKept(entry.getKey(), ofTheHop)) {
                headers.add(entry.getKey(), entry.getValue());
            }
        }
        headers.set(CorrelationId.HEADER, request.correlationId());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, head.status(), Unpooled.wrappedBuffer(body), headers, EmptyHttpHeaders.INSTANCE);
    }

    /** As bytes, which they are sent as. None of them is kept of the platform's. */
    private static HttpHeaders own() {
        var own = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        BrowserHeaders.forEach(
                (name, values) -> values.forEach(value -> own.add(AsciiString.of(name), AsciiString.of(value))));
        return own;
    }
}
