package dev.borrowerjourney.ingest.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.snapshot.MaskedBody.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MaskedBodyTest {

    static final JsonMapper JSON = new JsonMapper();

    @Test
    void showsWhatIsPublicAndTheKindOfTheRest() {
        var masked = masked("""
                {"schema_version":"1.0.0","event_type":"journey.snapshot","event_id":"evt_01JNS7R4QK","sequence":7,
                 "event_at":"2026-03-05T16:48:20.000Z","issuer":{"source":"credit-api","trigger":"journey.offer.updated"},
                 "borrower":{"borrowerExternalID":"CUST_0012","profile":{"panName":"A Borrower","income":2500000,"salaried":true,
                  "address":{"addressL1":"1 Lane","city":null}},
                  "journeys":[{"journeyID":"0d9b7c1e-6a3f","status":"OFFERS_AVAILABLE","nextAction":null,
                   "offers":[{"offerID":"offer-1","amount":250000.00,"validUntil":"2026-03-12T00:00:00Z","status":"AVAILABLE"}]}]}}""");

        assertThat(JSON.readTree(masked)).isEqualTo(JSON.readTree("""
                {"schema_version":"1.0.0","event_type":"journey.snapshot","event_id":"evt_01JNS7R4QK","sequence":7,
                 "event_at":"2026-03-05T16:48:20.000Z","issuer":{"source":"<string 10>","trigger":"journey.offer.updated"},
                 "borrower":{"borrowerExternalID":"<string 9>","profile":{"panName":"<string 10>","income":"<number 7>",
                  "salaried":"<boolean>","address":{"addressL1":"<string 6>","city":null}},
                  "journeys":[{"journeyID":"0d9b7c1e-6a3f","status":"OFFERS_AVAILABLE","nextAction":null,
                   "offers":[{"offerID":"offer-1","amount":"<number 9>","validUntil":"2026-03-12T00:00:00Z","status":"AVAILABLE"}]}]}}"""));
    }

    /** A sender's mistake may put anything anywhere; what does not look public is not shown. */
    @Test
    void masksPublicMembersThatDoNotLookIt() {
        var masked = masked("""
                {"event_id":"9876543210","event_at":"born 1990","sequence":"CUST_0012","tenant_id":["CUST_0012"],
                 "borrower":{"journeys":["CUST_0012",{"status":"A Borrower","journeyID":{"status":"CUST_0012"}}],
                  "status":"CUST_0012"}}""");

        assertThat(masked).doesNotContain("CUST").doesNotContain("Borrower\"").doesNotContain("1990", "98765");
    }

    @Test
    void masksNamesThatMayBeIds() {
        var masked = masked("{\"CUST_0012\":1,\"borrowerID\":\"x\",\"asha@bank.example\":2,\"A Borrower\":3}");

        assertThat(masked)
                .contains("<name 9>", "<name 17>", "<name 10>", "borrowerID")
                .doesNotContain("CUST", "asha");
    }

    @Test
    void keepsDoubledNames() {
        assertThat(masked("{\"status\":1,\"borrower\":{\"journey\":{\"status\":\"STARTED\",\"status\":\"CLOSED\"}}}"))
                .contains("STARTED", "CLOSED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{\"a\":1,} | 7", "[1,2     | 4", "~~ | 0", "{\"a\":1}x | 7", "1 2 | 2", "nul | 0"})
    void tellsWhereItStopsBeingJson(String body, long least) {
        assertThat(MaskedBody.look(body.strip().getBytes(UTF_8)))
                .isInstanceOfSatisfying(Look.NoJson.class, look -> assertThat(look.badByte())
                        .isBetween(least, (long) body.strip().length()));
    }

    @Test
    void boundsDepthAndSize() {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(masked(deep)).contains("<deeper array>").hasSizeLessThan(20_000);
        assertThat(masked("{\"n\":" + "9".repeat(200_000) + "}")).contains("<number 200000>");
        assertThat(masked("{\"" + "n".repeat(100_000) + "\":1}")).contains("<name 100000>");
    }

    /** The values are made so that none can be part of a name, a mask or a public value by chance. */
    @RepeatedTest(500)
    void showsNoPersonalValueWhereverItStands(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var personal = new ArrayList<String>();
        var body = value(random, 0, personal);

        var look = MaskedBody.look(body.getBytes(UTF_8));

        assertThat(look).isInstanceOf(Look.Json.class);
        var masked = ((Look.Json) look).masked();
        assertThat(personal).isNotEmpty().noneMatch(masked::contains);
    }

    private static String value(Random random, int depth, List<String> personal) {
        return switch (depth > 5 ? 2 : depth == 0 ? 0 : random.nextInt(4)) {
            case 0 -> object(random, depth, personal);
            case 1 -> "[" + value(random, depth + 1, personal) + "," + value(random, depth + 1, personal) + "]";
            default -> personal(random, personal);
        };
    }

    private static String object(Random random, int depth, List<String> personal) {
        var names = List.of(
                "borrower",
                "journeys",
                "journey",
                "offers",
                "status",
                "nextAction",
                "sequence",
                "event_at",
                "type",
                "profile",
                "panName",
                "contactNumber",
                "issuer",
                "trigger",
                "schema_version",
                "lender",
                "repaymentSchedule");
        var members = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var name = random.nextInt(8) == 0
                    ? personal(random, personal)
                    : "\"" + names.get(random.nextInt(names.size())) + "\"";
            members.add((name.startsWith("\"") ? name : "\"" + name + "\"") + ":" + value(random, depth + 1, personal));
        }
        return "{" + String.join(",", members) + "}";
    }

    /** A name, a PAN, a phone number, an e-mail address, an id of the partner's, an amount. */
    private static String personal(Random random, List<String> personal) {
        var text =
                switch (random.nextInt(6)) {
                    case 0 -> "Asha " + Long.toString(random.nextLong(1L << 40), 36);
                    case 1 -> "QWERT" + (1000 + random.nextInt(9000)) + "Z";
                    case 2 -> "9" + (100_000_000 + random.nextInt(900_000_000));
                    case 3 -> "a" + random.nextInt(1_000_000) + "@bank.example";
                    case 4 -> "CUST_" + (100_000 + random.nextInt(900_000));
                    default -> Long.toString(10_000_000 + random.nextInt(90_000_000)) + ".55";
                };
        personal.add(text);
        return text.endsWith(".55") ? text : "\"" + text + "\"";
    }

    private static String masked(String body) {
        var look = MaskedBody.look(body.getBytes(UTF_8));
        assertThat(look).isInstanceOf(Look.Json.class);
        return ((Look.Json) look).masked();
    }
}
