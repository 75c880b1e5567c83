package dev.borrowerjourney.sandbox.demo.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks a process whether it is ready. */
@FunctionalInterface
public interface Probe {

    HttpClient CLIENT = HttpClient.newHttpClient();

    /** Why it is not ready yet is thrown, so that a failed start can say so. */
    void ask() throws Exception;

    /** Ready once all are. */
    static Probe all(List<Probe> probes) {
        return () -> {
            for (var probe : probes) {
                probe.ask();
            }
        };
    }

    /** Ready once the address answers 200. */
    static Probe http(String url) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        return () -> {
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answers " + answer.statusCode() + " " + shortened(answer.body()));
            }
        };
    }

    /** Ready once the port accepts a connection. */
    static Probe tcp(int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            }
        };
    }

    private static String shortened(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }
}
