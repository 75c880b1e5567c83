package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.HttpCalls;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.node.JsonNodeFactory;

/** Borrowers with one journey each, which the read model knows in its first version. */
final class StreamBorrowers {

    private static final UUID APPLICATION = UUID.fromString(SandboxSecrets.APPLICATION_ID);
    private static final int AT_ONCE = 16;
    private static final int ROWS_AT_ONCE = 1_000;

    private final DemoFile demo;
    private final List<Borrower> all;

    /** One of them. */
    record Borrower(String externalId, BorrowerKey key, String journeyId) {}

    StreamBorrowers(DemoFile demo, Layout layout, int count) throws IOException {
        this.demo = demo;
        this.all = new ArrayList<>();
        var pseudonyms =
                PseudonymKey.of(Files.readString(layout.secrets().resolve("notifier-service/pseudonym-key"), UTF_8));
        for (int number = 0; number < count; number++) {
            var externalId = "CUST_" + UUID.randomUUID();
            all.add(new Borrower(
                    externalId,
                    pseudonyms.borrowerKey(APPLICATION, externalId),
                    UUID.randomUUID().toString()));
        }
    }

    private StreamBorrowers(DemoFile demo, List<Borrower> some) {
        this.demo = demo;
        this.all = some;
    }

    /** The first of them. */
    StreamBorrowers first(int count) {
        return new StreamBorrowers(demo, all.subList(0, count));
    }

    List<Borrower> all() {
        return all;
    }

    List<String> journeyIds() {
        return all.stream().map(Borrower::journeyId).toList();
    }

    /** Puts the journeys where the projector keeps them. */
    void keep() throws SQLException {
        var postgres = demo.postgres();
        try (var database = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), postgres.database()),
                        postgres.operator().user(),
                        postgres.operator().password());
                var insert = database.prepareStatement("""
                        INSERT INTO journey.journey
                            (journey_key, borrower_key, application_id, journey_id, version, type, status, next_action,
                             source, platform_at, changed_at, fresh_as_of, topic_id, partition, source_offset)
                        VALUES (?, ?, ?, ?, 1, 'PERSONAL_LOAN', 'CREATED', 'WAIT', 'WEBHOOK', now(), now(), now(), 'bench', 0, 0)
                        """)) {
            database.setAutoCommit(false);
            for (int number = 0; number < all.size(); number++) {
                var borrower = all.get(number);
                insert.setString(1, borrower.key().journeyKey(borrower.journeyId()));
                insert.setString(2, borrower.key().value());
                insert.setObject(3, APPLICATION);
                insert.setString(4, borrower.journeyId());
                insert.addBatch();
                if (number % ROWS_AT_ONCE == ROWS_AT_ONCE - 1) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            database.commit();
        }
    }

    /** Requests for a stream of ours, each with a token made now: the provider's last five minutes. */
    List<byte[]> requests(String authority) throws InterruptedException, ExecutionException {
        var places = new Semaphore(AT_ONCE);
        try (var client = HttpCalls.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = new ArrayList<Future<byte[]>>();
            for (var borrower : all) {
                places.acquire();
                made.add(threads.submit(() -> {
                    try {
                        return request(authority, "Authorization: Bearer " + token(client, borrower));
                    } finally {
                        places.release();
                    }
                }));
            }
            var requests = new ArrayList<byte[]>();
            for (var each : made) {
                requests.add(each.get());
            }
            return requests;
        }
    }

    /** Requests for a stream of the limit's. */
    List<byte[]> bareRequests(String authority) {
        return all.stream()
                .map(borrower -> request(authority, "X-Channel: " + borrower.journeyId()))
                .toList();
    }

    private String token(HttpClient client, Borrower borrower) throws IOException, InterruptedException {
        var identity = new HttpCalls(
                client, demo.identity().tokenUrl(), UUID.randomUUID().toString());
        var request = JsonNodeFactory.instance.objectNode().put("borrowerExternalId", borrower.externalId());
        return identity.send("POST", "", null, request).path("access_token").asString();
    }

    private static byte[] request(String authority, String header) {
        return "GET /v1/stream HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n\r\n"
                .formatted(authority, header)
                .getBytes(US_ASCII);
    }
}
