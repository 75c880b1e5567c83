package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.browser.BrowserHeaders;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import tools.jackson.core.JacksonException;

/** Cleans and writes the answers of the straight route, by the rules of the whole one. */
final class HttpStraightAnswer {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_FAILURE = 400;

    private final HttpAnswerHeaders headers;
    private final HttpAnswerTypes types;
    private final HttpCleaning cleaning;
    private final Observations observations;
    private final int mostBytes;

    HttpStraightAnswer(
            HttpAnswerHeaders headers, RelayProperties properties, HttpCleaning cleaning, Observations observations) {
        this.headers = headers;
        this.types = new HttpAnswerTypes(properties);
        this.cleaning = cleaning;
        this.observations = observations;
        this.mostBytes = (int) properties.largestAnswer().toBytes();
    }

    /** What is told to the app; empty if the answer is one that the straight route cannot deal with. */
    Optional<FullHttpResponse> written(HttpStraightCall call, HttpResponse head, byte[] body) {
        int status = head.status().code();
        var kept = headers.kept(new HttpHeaders(new Netty4HeadersAdapter(head.headers())));
        if (!isUsual(status, kept)) {
            return Optional.empty();
        }
        try {
            var cleaned = cleaning.of(body);
            told(call, status, cleaned);
            call.ticket().answered(status);
            return Optional.of(written(head.status(), kept, cleaned.body(), call.request()));
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

    private boolean isUsual(int status, HttpHeaders kept) {
        return (status == OK || (status >= FIRST_FAILURE && status != UNAUTHORIZED))
                && types.of(kept) == HttpAnswerTypes.Kind.CLEANED
                && kept.getContentLength() <= mostBytes
                && !kept.containsHeader(HttpHeaders.LOCATION);
    }

    private static FullHttpResponse written(
            HttpResponseStatus status, HttpHeaders kept, byte[] body, HttpUsualCall request) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        var sent = answer.headers();
        kept.forEach((name, values) -> sent.set(name, values));
        BrowserHeaders.forEach((name, values) -> sent.set(name, values));
        sent.set(CorrelationId.HEADER, request.correlationId());
        sent.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return answer;
    }
}
