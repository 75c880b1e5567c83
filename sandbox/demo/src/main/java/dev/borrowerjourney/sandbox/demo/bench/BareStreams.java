package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The limit: a bare server of events in Node, which is told of changes by its standard input and ends with it. */
final class BareStreams implements AutoCloseable {

    private static final String NAME = "bare-streams";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InetSocketAddress address;
    private final Process process;
    private final OutputStream input;

    private BareStreams(InetSocketAddress address, Process process) {
        this.address = address;
        this.process = process;
        this.input = new BufferedOutputStream(process.getOutputStream());
    }

    static BareStreams start(Layout layout, InetSocketAddress address) throws IOException, InterruptedException {
        var log = layout.logs().resolve(NAME + ".log");
        var words = new ArrayList<>(command(layout));
        words.add(Integer.toString(address.getPort()));
        var process = new ProcessBuilder(words)
                .redirectError(log.toFile())
                .redirectOutput(log.toFile())
                .start();
        var started = new BareStreams(address, process);
        if (!started.awaitListening()) {
            started.close();
            throw new BenchFailed(NAME + ": does not listen after " + PATIENCE.toSeconds() + " s, see " + log);
        }
        return started;
    }

    static List<String> command(Layout layout) {
        return List.of("node", path(layout).toString());
    }

    private static Path path(Layout layout) {
        return layout.built("sandbox/load/bare-streams/server.mjs");
    }

    static String version() throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "--version").start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return text.strip();
    }

    /** An address on loopback that was free a moment ago. */
    static InetSocketAddress freeAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Has a change shown on a channel. One thread. */
    void show(String channel, String id, String data) {
        try {
            input.write((channel + '\t' + id + '\t' + data + '\n').getBytes(ISO_8859_1));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it without a word. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitListening() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && !process.waitFor(Duration.ofMillis(5))) {
            try (var socket = new Socket()) {
                socket.connect(address, 1000);
                return true;
            } catch (IOException e) {
                // Not yet.
            }
        }
        return false;
    }
}
