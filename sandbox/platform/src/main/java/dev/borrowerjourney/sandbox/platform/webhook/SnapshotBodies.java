package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import dev.borrowerjourney.sandbox.platform.clock.TimestampConfiguration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of a webhook, in either documented generation. */
@Component
class SnapshotBodies {

    private final SandboxPlatformProperties properties;
    private final JsonMapper json;

    SnapshotBodies(SandboxPlatformProperties properties, JsonMapper json) {
        this.properties = properties;
        this.json = json;
    }

    /** The body as of the snapshot; the borrower must be that of the same moment. */
    String body(Borrower borrower, Snapshot snapshot) {
        return body(borrower, snapshot, snapshot.sequence(), snapshot.generatedAt());
    }

    /** The body of a retry that tells the newest state: its sequence is the newest, too, and only the event is old. */
    String rebuilt(Borrower borrower, Snapshot snapshot, Instant at) {
        return body(borrower, snapshot, borrower.snapshots().getLast().sequence(), at);
    }

    private String body(Borrower borrower, Snapshot snapshot, long sequence, Instant generatedAt) {
        ObjectNode body = json.createObjectNode();
        body.put("schema_version", "1.0.0");
        body.put("event_type", "journey.snapshot");
        body.put("event_id", snapshot.eventId());
        body.put("event_at", TimestampConfiguration.iso(snapshot.generatedAt()));
        body.put("snapshot_generated_at", TimestampConfiguration.iso(generatedAt));
        body.putObject("issuer").put("source", "credit-api").put("trigger", snapshot.trigger());
        body.put("tenant_id", borrower.tenantId().toString());
        body.put("application_id", borrower.applicationId().toString());
        switch (properties.webhookGeneration()) {
            case FIRST -> first(body.put("sequence", sequence), borrower);
            case SECOND -> {
                if (properties.webhook().withSequence()) {
                    body.put("sequence", sequence);
                }
                second(body, borrower, borrower.journey(snapshot.journeyId()).orElseThrow());
            }
        }
        return json.writeValueAsString(body);
    }

    private static void first(ObjectNode body, Borrower borrower) {
        var journeys = body.putObject("borrower")
                .put("borrowerExternalID", borrower.externalId())
                .putArray("journeys");
        borrower.journeys().forEach(journey -> core(journeys.addObject(), journey));
    }

    private void second(ObjectNode body, Borrower borrower, Journey journey) {
        body.put("origin_experience", "headless").put("current_experience_surface", "headless");
        ObjectNode told = body.putObject("borrower").put("borrowerProviderID", borrower.externalId());
        borrower.data().propertyStream().forEach(section -> told.set(section.getKey(), section.getValue()));
        ObjectNode details = core(told.putObject("journey"), journey).put("type", journey.type());
        details.put("lender", journey.selectedOffer().map(Offer::lender).orElse(null));
        details.set("offers", list(journey.offers()));
        details.put(
                "selectedOfferID", journey.selectedOffer().map(Offer::offerID).orElse(null));
        details.set("repaymentSchedule", list(journey.repayment()));
    }

    private JsonNode list(List<?> values) {
        return values.isEmpty() ? json.getNodeFactory().nullNode() : json.valueToTree(values);
    }

    private static ObjectNode core(ObjectNode node, Journey journey) {
        return node.put("journeyID", journey.journeyId())
                .put("status", journey.status())
                .put("nextAction", journey.nextAction());
    }
}
