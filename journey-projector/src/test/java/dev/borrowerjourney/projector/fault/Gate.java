package dev.borrowerjourney.projector.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between clients and a server on this machine, which may come and go, and sees what they say. */
abstract class Gate implements AutoCloseable {

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** One client's way to the server and back. */
    record Way(Socket client, Socket server) {

        void close() {
            quietly(client);
            quietly(server);
        }

        private static void quietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A conversation in one direction; it ends with an exception. */
    interface Talk {
        void go() throws IOException;
    }

    Gate(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Starts both directions of a way. */
    abstract void talk(Way way);

    /** Runs one direction; when it ends, so does the other. */
    final void run(Way way, Talk talk) {
        Thread.ofVirtual().start(() -> {
            try {
                talk.go();
            } catch (IOException | IllegalStateException e) {
                // One side has gone, or nobody took up what was held.
            } finally {
                way.close();
            }
        });
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed, or the client went away at once.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var far = new Socket(InetAddress.getLoopbackAddress(), target);
            far.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(far);
            talk(new Way(client, far));
        } catch (IOException e) {
            client.close();
        }
    }
}
