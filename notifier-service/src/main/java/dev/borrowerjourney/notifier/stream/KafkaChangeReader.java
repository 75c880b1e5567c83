package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.notifier.stream.Journey.Freshness;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.Instalment;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a record of the topic of changes into what a device may see of it. */
final class KafkaChangeReader {

    private final Deserializer<Object> values;
    private final JsonMapper json;

    KafkaChangeReader(Deserializer<Object> values, JsonMapper json) {
        this.values = values;
        this.json = json;
    }

    sealed interface Reading {}

    record Legible(BorrowerKey borrower, Journey journey) implements Reading {}

    /**
     * @param borrower whose change it was, as far as the record's key tells
     */
    record Illegible(Optional<BorrowerKey> borrower, String reason) implements Reading {}

    Reading read(ConsumerRecord<String, byte[]> record) {
        try {
            if (!(values.deserialize(record.topic(), record.headers(), record.value())
                    instanceof JourneyChanged changed)) {
                return new Illegible(borrowerOf(record), "no JourneyChanged");
            }
            if (!changed.getBorrowerKey().equals(record.key())) {
                return new Illegible(Optional.empty(), "key and borrower differ");
            }
            return new Legible(new BorrowerKey(changed.getBorrowerKey()), journey(changed));
        } catch (RuntimeException e) {
            return new Illegible(borrowerOf(record), e.getClass().getSimpleName());
        }
    }

    private static Optional<BorrowerKey> borrowerOf(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(record.key()).map(BorrowerKey::new);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Journey journey(JourneyChanged changed) {
        var after = changed.getAfter();
        var details = after.getDetails();
        return new Journey(
                changed.getJourneyId(),
                UUID.fromString(changed.getApplicationId()),
                details == null ? null : details.getType(),
                after.getCore().getStatus(),
                after.getCore().getNextAction(),
                changed.getVersion(),
                changed.getSource().name(),
                changed.getPlatformAt(),
                changed.getChangedAt(),
                changed.getConfirmedAt(),
                new Freshness(
                        changed.getFresh().getAsOf(),
                        changed.getFresh().getState().name()),
                details == null ? null : details(details));
    }

    /** The same members in the same order as the read model's. */
    private ObjectNode details(JourneyDetails details) {
        var node = json.createObjectNode().put("type", details.getType()).put("lender", details.getLender());
        ArrayNode offers = null;
        if (details.getOffers() != null) {
            offers = json.createArrayNode();
            details.getOffers().stream().map(this::offer).forEach(offers::add);
        }
        ArrayNode repayment = null;
        if (details.getRepayment() != null) {
            repayment = json.createArrayNode();
            details.getRepayment().stream().map(this::instalment).forEach(repayment::add);
        }
        node.set("offers", offers);
        node.put("selectedOfferId", details.getSelectedOfferId());
        node.set("repayment", repayment);
        return node;
    }

    private ObjectNode offer(Offer offer) {
        return json.createObjectNode()
                .put("offerId", offer.getOfferId())
                .put("lender", offer.getLender())
                .put("amount", offer.getAmount())
                .put("currency", offer.getCurrency())
                .put("interestRatePercent", offer.getInterestRatePercent())
                .put("aprPercent", offer.getAprPercent())
                .put("tenureMonths", offer.getTenureMonths())
                .put("emi", offer.getEmi())
                .put("processingFee", offer.getProcessingFee())
                .put("keyFactsUrl", offer.getKeyFactsUrl())
                .put("validUntil", text(offer.getValidUntil()))
                .put("status", offer.getStatus());
    }

    private ObjectNode instalment(Instalment instalment) {
        return json.createObjectNode()
                .put("number", instalment.getNumber())
                .put("dueDate", instalment.getDueDate())
                .put("amount", instalment.getAmount())
                .put("status", instalment.getStatus());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
