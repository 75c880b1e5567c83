package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A broker of its own, so that all that is in quarantine is known. */
@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
class QuarantineCommandIT {

    static final String MENDED = "--ingest.webhook.borrower-pointers=/borrower/borrowerExternalID,/borrower/customerID";

    @TempDir
    static Path folder;

    static TestBroker broker;
    static RunningService service;

    final String registry = TestRegistry.shared().url();
    final LogReader log = new LogReader(broker.bootstrapServers(), registry);
    final String eventId = "evt_" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        broker = TestBroker.start();
        DeliveryFixtures.writeSecrets(folder);
        service = RunningService.start(
                folder, broker.bootstrapServers(), TestRegistry.shared().url());
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    /** The whole way: the platform moved the borrower's id, an operator sees it, sets the pointer, and sends it on. */
    @Test
    void releasesWhatTheServiceCanReadSince() throws Exception {
        var body = body(eventId, APPLICATION).replace("borrowerExternalID", "customerID");
        var correlationId = service.deliver(eventId, body)
                .headers()
                .firstValue("X-Correlation-ID")
                .orElseThrow();

        try (var operator = operator()) {
            var early = release(operator, eventId);
            assertThat(early.code()).isEqualTo(1);
            assertThat(early.out()).contains(eventId + " STILL_ILLEGIBLE (NO_BORROWER");
        }
        try (var operator = operator(MENDED)) {
            var dry = release(operator, eventId, "--dry-run");
            assertThat(dry.code()).isZero();
            assertThat(dry.out()).contains("WOULD_BE_RELEASED (1 journeys)");
            assertThat(published(eventId)).isEmpty();

            assertThat(release(operator, eventId).code()).isZero();
            isAsTheReceiverWouldHavePublishedIt(body, correlationId);
        }
    }

    @Test
    void releasesOnceUnlessAskedAgain() throws Exception {
        service.deliver(eventId, body(eventId, APPLICATION).replace("borrowerExternalID", "customerID"));
        try (var operator = operator(MENDED)) {
            release(operator, eventId);

            var again = release(operator, eventId);
            assertThat(again.code()).isZero();
            assertThat(again.out()).contains("RELEASED_BEFORE").contains("by sre-7");
            assertThat(published(eventId)).hasSize(1);
            assertThat(operator.run("quarantine", "list").out()).doesNotContain(eventId);
            assertThat(operator.run("quarantine", "list", "--all").out()).contains(eventId, "by sre-7");

            assertThat(release(operator, eventId, "--again").out()).contains("RELEASED (1 journeys)");
            assertThat(published(eventId)).hasSize(2);
        }
    }

    /** A redelivery that arrives after a release is another one, and nobody has decided about it. */
    @Test
    void keepsLaterDeliveryOfReleasedEventInQuarantine() throws Exception {
        service.deliver(eventId, body(eventId, APPLICATION).replace("borrowerExternalID", "customerID"));
        try (var operator = operator(MENDED)) {
            release(operator, eventId);
            service.deliver(eventId, body(eventId, APPLICATION).replace("borrowerExternalID", "customerID"));

            assertThat(operator.run("quarantine", "list").out()).contains(eventId);
            assertThat(release(operator, eventId).out()).contains("RELEASED_BEFORE", "RELEASED (1 journeys)");
        }
    }

    @Test
    void releasesAllThatIsAskedForAndSaysWhatStays() throws Exception {
        var other = eventId + "_other";
        service.deliver(eventId, body(eventId, APPLICATION).replace("borrowerExternalID", "customerID"));
        service.deliver(other, "{\"event_id\":\"" + other + "\"}");
        try (var operator = operator(MENDED)) {
            var some = operator.run(
                    "quarantine", "release", "--all", "--reason", "NO_BORROWER", "--by", "sre-7", "--why", "w");
            assertThat(some.code()).isZero();
            assertThat(some.out()).contains(eventId + " RELEASED").doesNotContain(other);

            var all = operator.run("quarantine", "release", "--all", "--by", "sre-7", "--why", "w");
            assertThat(all.code()).isEqualTo(1);
            assertThat(all.out()).contains(other + " STILL_ILLEGIBLE").doesNotContain(eventId + " ");
            assertThat(published(other)).isEmpty();
        }
    }

    @Test
    void refusesToReleaseWithoutNameAndReason() {
        try (var operator = operator()) {
            assertThatThrownBy(() -> operator.run("quarantine", "release", eventId, "--by", "sre-7"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("--why");
            assertThatThrownBy(() -> operator.run("quarantine", "release", "--by", "sre-7", "--why", "w"))
                    .isInstanceOf(UsageException.class);
            assertThatThrownBy(() -> operator.run("quarantine", "list", "--reason", "NOT_JSN"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("NOT_JSON");
            assertThatThrownBy(() -> operator.run("quarantine")).isInstanceOf(UsageException.class);
        }
    }

    @Test
    void worksAsAnOperatorRunsTheJar() throws Exception {
        service.deliver(eventId, body(eventId, APPLICATION).replace("borrowerExternalID", "customerID"));
        var json = Files.createTempFile("list", ".json");

        var listed = jar().run("quarantine", "list", "--reason", "NO_BORROWER", "--json", json.toString());
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.out())
                .contains(eventId, APPLICATION.toString(), "NO_BORROWER")
                .doesNotContain("CUST");
        assertThat(new JsonMapper()
                        .readTree(Files.readString(json))
                        .at("/byReason/NO_BORROWER")
                        .asInt())
                .isPositive();

        var shown = jar().run("quarantine", "show", eventId, "--by", "sre-7");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains(
                        "\"customerID\" : \"<string 9>\"",
                        "\"status\" : \"OFFERS_AVAILABLE\"",
                        "reads today NO_BORROWER")
                .doesNotContain("CUST");
        assertThat(shown.audit()).singleElement().asString().contains("SHOWN_MASKED", "sre-7");

        var released = jar().with("INGEST_WEBHOOK_BORROWERPOINTERS", "/borrower/customerID")
                .run("quarantine", "release", eventId, "--by", "sre-7", "--why", "incident 42");
        assertThat(released.code()).as(released.err()).isZero();
        assertThat(released.audit()).singleElement().asString().contains(eventId, "RELEASED", "sre-7", "incident 42");

        var misspelt = jar().run("quarantine", "list", "--reasn", "NOT_JSON");
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("--reasn: unknown (nearest: --reason");
    }

    private void isAsTheReceiverWouldHavePublishedIt(String body, String correlationId)
            throws GeneralSecurityException {
        var kept = (QuarantinedDelivery) log.all(TopicCatalogue.QUARANTINE).stream()
                .filter(written -> eventId.equals(written.key()) && written.value() != null)
                .findFirst()
                .orElseThrow()
                .value();
        var keptOpen = DeliveryFixtures.seal().open(kept.getSealed(), APPLICATION.toString(), eventId);
        assertThat(published(eventId)).singleElement().satisfies(written -> {
            var snapshot = (JourneySnapshot) written.value();
            assertThat(written.key()).isEqualTo(snapshot.getBorrowerKey());
            assertThat(snapshot.getReceivedAt()).isEqualTo(kept.getReceivedAt());
            assertThat(snapshot.getSecretId()).isEqualTo("current");
            assertThat(snapshot.getLate()).isFalse();
            assertThat(EventHeaders.text(written.headers(), EventHeaders.CORRELATION_ID))
                    .contains(correlationId);
            var opened = DeliveryFixtures.seal().open(snapshot.getSealed(), APPLICATION.toString(), eventId);
            assertThat(DeliveryFixtures.bytes(opened.getBody())).isEqualTo(body.getBytes(UTF_8));
            assertThat(opened.getSignature()).isEqualTo(keptOpen.getSignature());
            assertThat(opened.getTimestamp()).isEqualTo(keptOpen.getTimestamp());
            assertThat(opened.getBorrowerExternalId()).isEqualTo("CUST_0012");
        });
    }

    @Test
    void showsWhereBodyStopsBeingJsonAndNoByteOfIt() throws Exception {
        service.deliver(eventId, "{\"event_id\":\"" + eventId + "\",\"borrower\":{\"borrowerExternalID\":\"CUST_0013");

        try (var operator = operator()) {
            var shown = operator.run("quarantine", "show", eventId);

            assertThat(shown.code()).isZero();
            assertThat(shown.out()).contains("no JSON from byte ", "SHA-256 ").doesNotContain("CUST");
            assertThat(operator.run("quarantine", "show", "evt_nobody").code()).isEqualTo(1);
        }
    }

    private OperatorJar jar() {
        return DeliveryFixtures.jar(folder, broker.bootstrapServers(), registry);
    }

    private Operator operator(String... settings) {
        return new Operator(folder, broker.bootstrapServers(), registry, settings);
    }

    private static Operator.Ended release(Operator operator, String eventId, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("release", eventId, "--by", "sre-7", "--why", "incident 42"));
        arguments.addAll(List.of(more));
        return operator.run("quarantine", arguments.toArray(String[]::new));
    }

    private List<ConsumerRecord<String, Object>> published(String eventId) {
        return log.all(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                .filter(written -> EventHeaders.text(written.headers(), EventHeaders.ID)
                        .filter(eventId::equals)
                        .isPresent())
                .toList();
    }
}
