package dev.borrowerjourney.session.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection on which a test says what no HTTP client would say. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawConnection send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    /** The service may have hung up already; what it said tells. */
    public RawConnection send(byte[] bytes) {
        sends(bytes);
        return this;
    }

    /** Waits until all of it is on its way; false if the connection has ended. */
    public boolean sends(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Everything that is answered until the service closes the connection, or is silent for so long. */
    public String answer(int silenceMillis) {
        var answer = new ByteArrayOutputStream();
        try {
            var in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.write(next);
                socket.setSoTimeout(silenceMillis);
            }
        } catch (IOException _) {
            // Silent, or cut off: what was said until then tells.
        }
        return answer.toString(ISO_8859_1);
    }

    /** Reads until the service has said this; false if it does not in a minute, or closes the connection. */
    public boolean hears(String text) {
        var heard = new StringBuilder();
        try {
            var in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                heard.append((char) next);
                if (heard.indexOf(text) >= 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return false;
        }
    }

    /** Waits until the service closes the connection; false if it does not in a minute. */
    public boolean ends() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** Hangs up without a goodbye. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
