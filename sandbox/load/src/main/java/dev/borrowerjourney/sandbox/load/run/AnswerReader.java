package dev.borrowerjourney.sandbox.load.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds where an HTTP/1.1 answer ends. Of the head it reads what a sender needs, the body is skipped: reading answers must
 * cost next to nothing, because sender and receiver share the machine.
 */
final class AnswerReader {

    private static final int UNKNOWN = -1;
    private static final int SHORTEST_STATUS_LINE = 12;

    private int scanned;
    private int headEnd;
    private int status;
    private int length;
    private boolean chunked;
    private boolean last;
    private int retryAfterSeconds;

    AnswerReader() {
        reset();
    }

    void reset() {
        scanned = 0;
        headEnd = 0;
        status = 0;
        length = UNKNOWN;
        chunked = false;
        last = false;
        retryAfterSeconds = UNKNOWN;
    }

    int status() {
        return status;
    }

    /** Whether the server closes the connection after this answer. */
    boolean last() {
        return last;
    }

    /** What {@code Retry-After} said in seconds, or -1. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the bytes before the buffer's position hold the whole answer. */
    boolean complete(ByteBuffer in) throws IOException {
        try {
            if (headEnd == 0 && !readHead(in)) {
                return false;
            }
            return chunked ? chunksEnd(in) : in.position() >= headEnd + length;
        } catch (NumberFormatException e) {
            throw new IOException("answer " + status + ": a length that is no number", e);
        }
    }

    private boolean readHead(ByteBuffer in) throws IOException {
        int end = in.position() - 3;
        for (int at = scanned; at < end; at++) {
            if (in.get(at) == '\r' && in.get(at + 2) == '\r') {
                headEnd = at + 4;
                readLines(in);
                return true;
            }
        }
        scanned = Math.max(0, end);
        return false;
    }

    private void readLines(ByteBuffer in) throws IOException {
        if (headEnd < SHORTEST_STATUS_LINE || in.get(0) != 'H') {
            throw new IOException("answer: no status line");
        }
        status = (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
        if (status < 100 || status > 599) {
            throw new IOException("answer: status " + status + " (expected: 100 to 599)");
        }
        int at = lineEnd(in, 0) + 2;
        while (at < headEnd - 2) {
            int end = lineEnd(in, at);
            readLine(in, at, end);
            at = end + 2;
        }
        if (length == UNKNOWN && !chunked) {
            throw new IOException("answer " + status + ": neither Content-Length nor chunked");
        }
    }

    private void readLine(ByteBuffer in, int at, int end) {
        switch (in.get(at) | 0x20) {
            case 'c' -> {
                if (is(in, at, end, "content-length:")) {
                    length = Integer.parseInt(value(in, at, end));
                } else if (is(in, at, end, "connection:")) {
                    last = value(in, at, end).equalsIgnoreCase("close");
                }
            }
            case 't' -> chunked |= is(in, at, end, "transfer-encoding:");
            case 'r' -> {
                if (is(in, at, end, "retry-after:")) {
                    var value = value(in, at, end);
                    retryAfterSeconds = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : UNKNOWN;
                }
            }
            default -> {
                // Nothing that a sender needs.
            }
        }
    }

    private boolean chunksEnd(ByteBuffer in) throws IOException {
        int at = headEnd;
        while (at < in.position()) {
            int end = lineEnd(in, at);
            if (end < 0) {
                return false;
            }
            int size = Integer.parseInt(text(in, at, end).split(";", 2)[0].strip(), 16);
            at = end + 2 + size + 2;
            if (size == 0) {
                return at <= in.position();
            }
        }
        return false;
    }

    private static int lineEnd(ByteBuffer in, int from) {
        for (int at = from; at < in.position() - 1; at++) {
            if (in.get(at) == '\r') {
                return at;
            }
        }
        return UNKNOWN;
    }

    private static boolean is(ByteBuffer in, int at, int end, String lowerCase) {
        if (end - at < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int found = in.get(at + i);
            if ((found >= 'A' && found <= 'Z' ? found | 0x20 : found) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String value(ByteBuffer in, int at, int end) {
        var line = text(in, at, end);
        return line.substring(line.indexOf(':') + 1).strip();
    }

    private static String text(ByteBuffer in, int from, int end) {
        var bytes = new byte[end - from];
        in.get(from, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
