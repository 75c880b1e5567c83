package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An nginx of its own on a free port of loopback, without any file of the machine's. It ends within the hour by itself. */
final class Nginx implements AutoCloseable {

    /** As few instructions as nginx can do with, so that it is the fastest that it can be. */
    private static final String FRAME = """
            worker_processes auto;
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            events {
                worker_connections 4096;
                multi_accept on;
            }
            http {
                access_log off;
                default_type application/json;
                keepalive_timeout 1h;
                keepalive_requests 1000000000;
                client_body_temp_path client;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
            SERVERS}
            """;

    private static final String LONGEST = "3600";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final InetSocketAddress address;
    private final Process process;

    private Nginx(String name, InetSocketAddress address, Process process) {
        this.name = name;
        this.address = address;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param directory for its files, made anew
     * @param servers what it serves, with {@code LISTEN} in place of the address
     */
    static Nginx start(String name, Path directory, String servers) throws IOException, InterruptedException {
        OwnFiles.deleteTree(directory);
        // Its workers run as nobody where it is started as root, and look for their directories.
        Files.createDirectories(directory);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        var config = directory.resolve("nginx.conf");
        Files.writeString(config, FRAME.replace("SERVERS", servers).replace("LISTEN", authority(address)));
        var log = directory.resolve("error.log");
        var process = new ProcessBuilder(List.of(
                        "timeout",
                        LONGEST,
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        config.toString(),
                        "-e",
                        "stderr"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var started = new Nginx(name, address, process);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::close));
        if (!started.awaitListening()) {
            started.close();
            throw new BenchFailed(name + ": does not listen after " + PATIENCE.toSeconds() + " s, see " + log);
        }
        return started;
    }

    static String version() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("nginx", "-v").redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return text.strip();
    }

    InetSocketAddress address() {
        return address;
    }

    String url() {
        return "http://" + authority(address);
    }

    /** With its workers. */
    ProcessUsage usage() {
        return ProcessUsage.ofTree(process.toHandle());
    }

    @Override
    public void close() {
        // A signal that timeout passes on to nginx, which ends its workers.
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitListening() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && !process.waitFor(Duration.ofMillis(50))) {
            try (var socket = new Socket()) {
                socket.connect(address, 1000);
                return true;
            } catch (IOException e) {
                // Not yet.
            }
        }
        return false;
    }

    private static String authority(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String toString() {
        return name + " at " + url();
    }
}
