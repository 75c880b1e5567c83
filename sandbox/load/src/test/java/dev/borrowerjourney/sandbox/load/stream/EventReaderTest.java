package dev.borrowerjourney.sandbox.load.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private static final String EVENTS =
            ":connected\nretry:1200\n\nid: j:1\nevent: journey\ndata:{\"a\":\"ü\"}\n\n:beat\n\nevent:ready\r\ndata:{}\r\n\r\n";

    private final Noted noted = new Noted();
    private final EventReader reader = new EventReader(noted);

    @Test
    void readsEventsUntilTheEndOfTheConnection() throws IOException {
        read("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENTS, Integer.MAX_VALUE);

        assertThat(noted.all).containsExactly("200", "retry 1200", "journey j:1 {\"a\":\"ü\"}", "ready null {}");
        assertThat(reader.ended()).isFalse();
    }

    @Test
    void readsEventsInChunksHoweverTheyAreCut() throws IOException {
        int half = EVENTS.length() / 2;
        var answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(EVENTS.substring(0, half))
                + chunk(EVENTS.substring(half)) + "0\r\n\r\n";

        read(answer, 1);

        assertThat(noted.all).containsExactly("200", "retry 1200", "journey j:1 {\"a\":\"ü\"}", "ready null {}");
        assertThat(reader.ended()).isTrue();
    }

    @Test
    void refusesWhatIsNoAnswer() {
        assertThatThrownBy(() -> read("SSH-2.0-OpenSSH\r\n", 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new EventReader(noted)
                        .read(ByteBuffer.wrap(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n".getBytes(UTF_8))))
                .isInstanceOf(IOException.class);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    private void read(String text, int atOnce) throws IOException {
        var bytes = text.getBytes(UTF_8);
        for (int begin = 0; begin < bytes.length; begin += Math.min(atOnce, bytes.length)) {
            reader.read(ByteBuffer.wrap(bytes, begin, Math.min(atOnce, bytes.length - begin)));
        }
    }

    private static final class Noted implements EventReader.Sink {

        private final List<String> all = new ArrayList<>();

        @Override
        public void answered(int status) {
            all.add(Integer.toString(status));
        }

        @Override
        public void event(String name, @Nullable String id, String data) {
            all.add(name + " " + id + " " + data);
        }

        @Override
        public void retry(long millis) {
            all.add("retry " + millis);
        }
    }
}
