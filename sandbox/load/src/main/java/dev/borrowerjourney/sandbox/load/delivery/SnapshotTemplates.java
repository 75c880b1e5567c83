package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The requests that are filled in: of the first generation, with the core of four journeys (about 1 KB), and of the second,
 * with one journey's details (about 2.3 KB), each in the states that go with it.
 */
record SnapshotTemplates(List<RequestTemplate> core, List<RequestTemplate> details) {

    private static final List<String> CORE_STATES =
            List.of("STARTED/", "PROFILE_REQUIRED/COMPLETE_PROFILE", "PROFILE_SUBMITTED/WAIT", "OFFERS_PENDING/WAIT");
    private static final List<String> DETAILS_STATES = List.of(
            "OFFERS_AVAILABLE/VIEW_OFFERS",
            "OFFER_SELECTED/WAIT",
            "AA_REQUIRED/COMPLETE_AA",
            "KYC_PENDING/COMPLETE_KYC",
            "BANK_MANDATE_PENDING/SET_UP_BANK_MANDATE",
            "E_MANDATE_PENDING/SET_UP_E_MANDATE",
            "LOAN_AGREEMENT_PENDING/SIGN_LOAN_AGREEMENT",
            "LENDER_PROCESSING/WAIT",
            "DISBURSED/VIEW_LOAN");

    static SnapshotTemplates of(Sender sender, String host) {
        var head = head(sender, host);
        return new SnapshotTemplates(
                requests(head, body("core.json", sender), CORE_STATES),
                requests(head, body("details.json", sender), DETAILS_STATES));
    }

    private static String head(Sender sender, String host) {
        return """
                POST /webhooks/journey-snapshots HTTP/1.1
                Host: %s
                Content-Type: application/json
                X-AL-Event-ID: <EVENT_ID>
                X-AL-Tenant-ID: %s
                X-AL-Application-ID: %s
                X-AL-Webhook-Timestamp: <SIGNED_AT>
                X-AL-Webhook-Signature: <SIGNATURE>
                """.formatted(host, sender.tenantId(), sender.applicationId()).replace("\n", "\r\n");
    }

    private static List<RequestTemplate> requests(String head, String body, List<String> states) {
        var requests = new ArrayList<RequestTemplate>();
        for (var state : states) {
            var status = state.substring(0, state.indexOf('/'));
            var nextAction = state.substring(state.indexOf('/') + 1);
            requests.add(RequestTemplate.of(
                    head,
                    body.replace("{status}", status)
                            .replace("{nextAction}", nextAction.isEmpty() ? "null" : '"' + nextAction + '"')));
        }
        return List.copyOf(requests);
    }

    /** The resource on one line, as a machine writes JSON. */
    private static String body(String name, Sender sender) {
        try (var stream = Objects.requireNonNull(SnapshotTemplates.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .map(String::strip)
                    .collect(Collectors.joining())
                    .replace("{tenant}", sender.tenantId().toString())
                    .replace("{application}", sender.applicationId().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
