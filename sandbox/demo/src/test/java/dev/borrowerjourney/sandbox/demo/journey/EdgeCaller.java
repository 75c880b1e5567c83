package dev.borrowerjourney.sandbox.demo.journey;

import static dev.borrowerjourney.sandbox.demo.journey.HttpCalls.JSON;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A borrower's app that makes single calls, all under one correlation id. */
record EdgeCaller(String correlationId, HttpCalls edge, String partnerToken, String sessionToken) {

    private static final String JOURNEYS = "/api/v1/headless/journeys";

    static EdgeCaller of(DemoFile demo, String borrowerExternalId) throws IOException, InterruptedException {
        var correlationId = UUID.randomUUID().toString();
        var client = HttpCalls.client();
        var edge = new HttpCalls(client, demo.urls().edge(), correlationId);
        var wanted = JSON.createObjectNode().put("borrowerExternalId", borrowerExternalId);
        var partner = new HttpCalls(client, demo.identity().tokenUrl(), correlationId)
                .send("POST", "", null, wanted)
                .path("access_token")
                .asString();
        var session = edge.send("POST", "/v1/sessions", partner, JSON.createObjectNode());
        return new EdgeCaller(
                correlationId, edge, partner, session.path("sessionToken").asString());
    }

    /** Registers a device under a new id. */
    void registers(JsonNode device) throws IOException, InterruptedException {
        edge.send("PUT", "/v1/devices/" + UUID.randomUUID(), partnerToken, device);
    }

    /** The id of a journey begun just now. */
    String begun() throws IOException, InterruptedException {
        return edge.send("POST", JOURNEYS, sessionToken, JSON.createObjectNode().put("type", "PERSONAL_LOAN"))
                .at("/data/journeyID")
                .asString();
    }

    /** Asks the platform for a journey's state, through the relay. */
    void asks(String journeyId) throws IOException, InterruptedException {
        edge.get(JOURNEYS + "/" + journeyId + "/state", sessionToken);
    }
}
