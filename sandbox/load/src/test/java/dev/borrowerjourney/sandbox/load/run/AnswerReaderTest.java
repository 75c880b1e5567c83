package dev.borrowerjourney.sandbox.load.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    final AnswerReader answer = new AnswerReader();

    /** The network may cut an answer anywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 202 Accepted\r\nX-Correlation-ID: 1\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 4\r\n\r\n{  }",
                "HTTP/1.1 503 Service Unavailable\r\ntransfer-encoding: chunked\r\n\r\n5\r\n01234\r\na;x=y\r\n0123456789\r\n0\r\n\r\n"
            })
    void endsWithTheLastByteAndNotBefore(String text) throws Exception {
        var buffer = ByteBuffer.allocate(1_000);
        for (int i = 0; i < text.length() - 1; i++) {
            buffer.put((byte) text.charAt(i));
            assertThat(answer.complete(buffer)).as("after %d bytes", i + 1).isFalse();
        }
        buffer.put((byte) text.charAt(text.length() - 1));

        assertThat(answer.complete(buffer)).isTrue();
        assertThat(answer.status()).isEqualTo(Integer.parseInt(text.substring(9, 12)));
    }

    @Test
    void readsWhatASenderMustObey() throws Exception {
        complete("HTTP/1.1 429 Too Many Requests\r\nRETRY-AFTER: 7\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer.retryAfterSeconds()).isEqualTo(7);
        assertThat(answer.last()).isTrue();
    }

    /** Whatever a broken receiver says costs its connection and nothing else. */
    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK|Server: x||', 'answer 200: neither Content-Length nor chunked'",
        "'HTTP/1.1 200 OK|Content-Length: x||', 'answer 200: a length that is no number'",
        "'HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|', 'answer 200: a length that is no number'",
        "'HTTP/1.1 2x2 OK|Content-Length: 0||', 'answer: status 922 (expected: 100 to 599)'",
        "'SSH-2.0-whatever-it-is||', 'answer: no status line'"
    })
    void refusesWhatIsNoAnswer(String text, String complaint) {
        assertThatThrownBy(() -> complete(text.replace("|", "\r\n")))
                .isInstanceOf(IOException.class)
                .hasMessage(complaint);
    }

    private void complete(String text) throws IOException {
        var buffer = ByteBuffer.allocate(1_000);
        buffer.put(text.getBytes(US_ASCII));
        assertThat(answer.complete(buffer)).isTrue();
    }
}
