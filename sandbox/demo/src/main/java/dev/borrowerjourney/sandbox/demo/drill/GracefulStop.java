package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the service to end while every connection waits for a log that stands still: each delivery must be answered. Sent
 * once each, so a record whose sender got no answer shows.
 */
final class GracefulStop implements Drill {

    private static final int CONNECTIONS = 64;

    /** Ended by SIGTERM, and not by the SIGKILL that would have followed. */
    private static final int TERMINATED = 143;

    @Override
    public void run(Scene scene) throws Exception {
        try (var load = scene.load(scene.genuine(), scene.plan().perSecond(), LoadSettings.once(CONNECTIONS))) {
            scene.awaitCalm(load);
            int code = endWithWork(scene);
            scene.ledger().expect(code == TERMINATED, "the service ended with code " + code);
            scene.ledger().recovered(scene.startAgain(Stage.SERVICE, load).acknowledged());
            scene.awaitCalm(load);
            var counts = scene.finish(load);
            scene.ledger()
                    .wrong(
                            counts.unanswered(),
                            "connections cut with a request in flight, the last: " + counts.lastFailure());
        }
    }

    private static int endWithWork(Scene scene) throws Exception {
        var stage = scene.stage();
        stage.pause(Stage.BROKER);
        try {
            Waiting.until(
                    CONNECTIONS + " deliveries that wait for the log",
                    () -> stage.service().metric("ingest_in_flight_requests") >= CONNECTIONS);
            var ending = CompletableFuture.supplyAsync(() -> stage.end(Stage.SERVICE));
            Waiting.until("the service to take no connection", () -> !takesConnection(stage) || ending.isDone());
            stage.resume(Stage.BROKER);
            return ending.join();
        } finally {
            stage.resume(Stage.BROKER);
        }
    }

    private static boolean takesConnection(Stage stage) {
        try (var socket = new Socket()) {
            socket.connect(stage.receiver(), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
