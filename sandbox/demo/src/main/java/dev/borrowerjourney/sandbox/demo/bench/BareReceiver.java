package dev.borrowerjourney.sandbox.demo.bench;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** The HTTP server that WebFlux stands on, with nothing on top: takes every body and answers 202. */
public final class BareReceiver {

    private BareReceiver() {}

    /**
     * Serves until it is ended.
     *
     * @param arguments the port on loopback
     */
    public static void main(String[] arguments) {
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .handle((request, response) -> request.receive()
                        .then(Mono.defer(() -> response.status(202).send().then())))
                .bindNow()
                .onDispose()
                .block();
    }
}
