package dev.borrowerjourney.sandbox.demo.bench;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bare server of HTTP in a process of its own, with the options of Java that the service beside it has. */
final class BareHttp implements AutoCloseable {

    private static final String NAME = "bare-http";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InetSocketAddress address;
    private final Process process;

    private BareHttp(InetSocketAddress address, Process process) {
        this.address = address;
        this.process = process;
    }

    /** Starts one that is given its port on loopback as its first argument. */
    static BareHttp start(Layout layout, List<String> java, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(Integer.toString(address.getPort()));
        command.addAll(List.of(arguments));
        var log = layout.logs().resolve(NAME + ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var started = new BareHttp(address, process);
        if (!started.awaitListening()) {
            started.close();
            throw new BenchFailed(NAME + ": does not listen after " + PATIENCE.toSeconds() + " s, see " + log);
        }
        return started;
    }

    InetSocketAddress address() {
        return address;
    }

    String url() {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean awaitListening() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && !process.waitFor(Duration.ofMillis(100))) {
            try (var socket = new Socket()) {
                socket.connect(address, 1000);
                return true;
            } catch (IOException e) {
                // Not yet.
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
