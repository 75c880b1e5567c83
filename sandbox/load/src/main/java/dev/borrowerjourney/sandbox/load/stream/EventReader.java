package dev.borrowerjourney.sandbox.load.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to one request for a stream: its head, then server-sent events, in chunks or until the connection ends.
 * What is incomplete waits for the next bytes.
 */
final class EventReader {

    private static final int LARGEST_LINE = 1 << 20;

    /** Takes what was read. */
    interface Sink {

        /** The head was read. */
        void answered(int status);

        /** An event; its id is null if it has none. */
        void event(String name, @Nullable String id, String data);

        /** How long the server asks to wait after a lost connection. */
        void retry(long millis);
    }

    private enum Part {
        STATUS,
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        BODY,
        ENDED
    }

    private final Sink sink;
    private final Line framing = new Line();
    private final Line line = new Line();
    private Part part = Part.STATUS;
    private boolean chunked;
    private int leftOfChunk;
    private String name = "message";
    private @Nullable String id;
    private @Nullable String data;

    EventReader(Sink sink) {
        this.sink = sink;
    }

    /** Reads all that is there. */
    void read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && part != Part.ENDED) {
            switch (part) {
                case STATUS, HEAD, CHUNK_SIZE, CHUNK_END -> {
                    if (framing.add(bytes.get())) {
                        framed(framing.take());
                    }
                }
                case CHUNK -> {
                    int length = Math.min(leftOfChunk, bytes.remaining());
                    body(bytes, length);
                    leftOfChunk -= length;
                    part = leftOfChunk == 0 ? Part.CHUNK_END : Part.CHUNK;
                }
                case BODY -> body(bytes, bytes.remaining());
                case ENDED -> throw new IllegalStateException("read beyond the end");
            }
        }
    }

    /** Whether the server has said that nothing more comes. */
    boolean ended() {
        return part == Part.ENDED;
    }

    private void framed(String text) throws IOException {
        switch (part) {
            case STATUS -> {
                sink.answered(status(text));
                part = Part.HEAD;
            }
            case HEAD -> head(text);
            case CHUNK_SIZE -> {
                leftOfChunk = size(text);
                part = leftOfChunk == 0 ? Part.ENDED : Part.CHUNK;
            }
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case CHUNK, BODY, ENDED -> throw new IllegalStateException("no framing in " + part);
        }
    }

    private void head(String text) {
        if (text.isEmpty()) {
            part = chunked ? Part.CHUNK_SIZE : Part.BODY;
        } else if (text.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:")
                && text.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            chunked = true;
        }
    }

    private static int status(String text) throws IOException {
        var words = text.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("no answer of HTTP/1.1");
        }
        return number(words[1], 10);
    }

    private static int size(String text) throws IOException {
        int extension = text.indexOf(';');
        return number(extension < 0 ? text : text.substring(0, extension), 16);
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseInt(text.strip(), radix);
        } catch (NumberFormatException e) {
            throw new IOException("no number where one must be", e);
        }
    }

    private void body(ByteBuffer bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            if (line.add(bytes.get())) {
                lineRead(line.take());
            }
        }
    }

    private void lineRead(String text) {
        if (text.isEmpty()) {
            if (data != null) {
                sink.event(name, id, data);
            }
            name = "message";
            id = null;
            data = null;
            return;
        }
        int colon = text.indexOf(':');
        if (colon > 0) {
            int begin = text.length() > colon + 1 && text.charAt(colon + 1) == ' ' ? colon + 2 : colon + 1;
            field(text.substring(0, colon), text.substring(begin));
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "id" -> id = value;
            case "data" -> data = data == null ? value : data + "\n" + value;
            case "retry" -> sink.retry(Long.parseLong(value));
            default -> {
                // The standard has readers pass over what they do not know.
            }
        }
    }

    /** Bytes until the end of a line. */
    private static final class Line {

        private byte[] bytes = new byte[64];
        private int length;

        /** Returns whether the line is complete. */
        boolean add(byte next) throws IOException {
            if (next == '\n') {
                return true;
            }
            if (length == bytes.length) {
                if (length == LARGEST_LINE) {
                    throw new IOException("a line of more than " + LARGEST_LINE + " bytes");
                }
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = next;
            return false;
        }

        String take() {
            int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
            length = 0;
            return new String(bytes, 0, end, UTF_8);
        }
    }
}
