package dev.borrowerjourney.ingest.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.regex.Pattern;

/** Sends bytes as they are, where an HTTP client would refuse to. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawConnection to(URI service) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), service.getPort()));
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    /** A server that has answered and hung up already is not minded. */
    RawConnection send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // What it answered can still be read.
        }
        return this;
    }

    RawConnection finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer with its body; empty if the server hangs up without one. */
    String answer() throws IOException {
        var answer = new StringBuilder();
        try {
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return answer.toString();
                }
                answer.append((char) next);
            }
            var length = LENGTH.matcher(answer);
            int rest = length.find() ? Integer.parseInt(length.group(1)) : 0;
            return answer.append(new String(in.readNBytes(rest), ISO_8859_1)).toString();
        } catch (SocketException e) {
            return answer.toString();
        }
    }

    /** The status of the next answer; 0 if the server hangs up without one. */
    int status() throws IOException {
        var answer = answer();
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
