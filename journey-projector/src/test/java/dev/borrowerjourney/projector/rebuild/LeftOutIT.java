package dev.borrowerjourney.projector.rebuild;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.Erasure;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a rebuild must not bring back, take in, or show. */
class LeftOutIT extends RebuildCommands {

    @Test
    void bringsNobodyBackWhoIsErased() throws Exception {
        send(journey.webhook(1, "STARTED", null));
        awaitChanges(1);
        shadow();
        jdbc.update("DELETE FROM journey WHERE journey_key = ?", journey.journeyKey());
        erase(new Erasure(journey.borrower.value(), journey.applicationId.toString(), Instant.now()));

        // Erased after the shadow was made.
        apply();
        assertThat(version()).isZero();

        shadow();
        apply();
        assertThat(version()).isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM shadow_journey WHERE borrower_key = ?",
                        Long.class,
                        journey.borrower.value()))
                .isZero();
        erase(null);
    }

    @Test
    void leavesDeadLettersToTheirOwnWay() {
        send(journey.webhook(1, "STARTED", null));
        send(journey.webhook(2, "NUL\u0000", null));
        send(journey.webhook(3, "KYC_PENDING", null));
        awaitVersion(2);
        shadow();

        assertThat(sum("dead_letters")).isPositive();
        nothingDiffers();
    }

    /** The row of a dead letter goes after some time, and its record may be in the log yet. */
    @Test
    void leavesOutWhatTheDatabaseRefuses() {
        jdbc.execute("ALTER TABLE journey ADD CONSTRAINT tomorrow CHECK (status <> 'FORBIDDEN')");
        jdbc.execute("ALTER TABLE shadow_journey ADD CONSTRAINT tomorrow CHECK (status <> 'FORBIDDEN')");
        try {
            send(journey.webhook(1, "STARTED", null));
            send(journey.webhook(4, "FORBIDDEN", null));
            send(journey.webhook(3, "KYC_PENDING", null));
            send(journey.poll(3, "STARTED", null));
            awaitVersion(2);
            await().atMost(PATIENCE)
                    .until(() -> jdbc.update("DELETE FROM dead_letter WHERE record_key = ?", (Object)
                                    journey.borrower.value().getBytes(UTF_8))
                            == 1);
            shadow();

            assertThat(sum("illegible")).isPositive();
            nothingDiffers();
        } finally {
            jdbc.execute("ALTER TABLE journey DROP CONSTRAINT tomorrow");
            jdbc.execute("ALTER TABLE shadow_journey DROP CONSTRAINT tomorrow");
        }
    }

    @Test
    void showsNothingPersonal() {
        var canary = "canary-4711";
        var offer = DETAILS.getOffers().getFirst();
        offer = Offer.newBuilder(offer)
                .setLender(canary)
                .setAmount("12345678.90")
                .build();
        send(journey.webhook(
                1,
                "STARTED",
                canary + "@example.com",
                JourneyDetails.newBuilder(DETAILS)
                        .setOffers(List.of(offer))
                        .setLender(canary)
                        .build()));
        awaitVersion(1);
        damage("status = 'Ravi Kumar', "
                + "details_sequenced = jsonb_set(details_sequenced::jsonb, '{content,offers}', '[]')::text");
        shadow();

        var shown = run("--diff", "--limit", "1000").out() + diff() + run().out();

        assertThat(shown).contains("offers", "<string 10>");
        assertThat(shown)
                .doesNotContain(
                        canary,
                        "Ravi",
                        "12345678",
                        journey.borrower.value(),
                        journey.journeyId,
                        journey.applicationId.toString());
        assertThat(shown).doesNotContain("lender");
    }

    private long sum(String column) {
        return jdbc.queryForList("SELECT sum(" + column + ") FROM shadow_partition", Long.class)
                .getFirst();
    }

    private void erase(@Nullable Erasure erasure) throws Exception {
        var value =
                erasure == null ? null : PROJECTOR.serdes().serializer().serialize(TopicCatalogue.ERASURES, erasure);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", BROKERS),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            TopicCatalogue.ERASURES, journey.borrower.value().getBytes(UTF_8), value))
                    .get();
        }
    }
}
