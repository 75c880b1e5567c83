package dev.borrowerjourney.defaults.problem;

import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Tells errors that clients make by going away, or by not going on, from those of ours. */
final class GoneClients {

    private static final String UNREGISTERED = "channel not registered to an event loop";

    private GoneClients() {}

    /** Whether nobody is there any more to whom an answer could be given. */
    static boolean meantBy(Throwable error) {
        return DisconnectedClientHelper.isClientDisconnectedException(error)
                // The server's bound on pauses amid a body, at which it closes the connection. Calls to others have
                // their own.
                || error instanceof ReadTimeoutException
                || connectionIsGone(error);
    }

    /** Netty's answer to whoever asks a connection for its thread when the connection broke before it had one. */
    private static boolean connectionIsGone(Throwable error) {
        return error instanceof IllegalStateException && UNREGISTERED.equals(error.getMessage());
    }
}
