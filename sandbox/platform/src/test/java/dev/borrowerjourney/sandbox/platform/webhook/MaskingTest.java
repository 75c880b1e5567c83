package dev.borrowerjourney.sandbox.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MaskingTest {

    final Masking masking = new Masking(new JsonMapper());

    @Test
    void hidesWhateverStandsInAPersonalSection() {
        assertThat(shown("""
                {"borrower":{"profile":{"pan":"ABCDE1234F","dob":"1990-01-31","unknown":{"deep":[1]}},\
                "workProfile":{"income":60000},"journey":{"status":"STARTED","nextAction":null}}}""")).isEqualTo("""
                {"borrower":{"profile":{"pan":"***","dob":"***","unknown":{"deep":["***"]}},\
                "workProfile":{"income":"***"},"journey":{"status":"STARTED","nextAction":null}}}""");
    }

    @Test
    void hidesWhatLooksPersonalElsewhere() {
        assertThat(shown("{\"a\":\"call +919876543210\",\"b\":\"x@example.org\",\"c\":\"abcde1234f\"}"))
                .isEqualTo("{\"a\":\"call ***\",\"b\":\"***\",\"c\":\"***\"}");
    }

    @Test
    void leavesIdsAlone() {
        String ids = "{\"event_id\":\"evt_9876543210ABCDE1234F\","
                + "\"journeyID\":\"a4f1e0c8-2f7e-4b9c-8a53-987654321012\",\"sequence\":1741179022101}";

        assertThat(shown(ids)).isEqualTo(ids);
    }

    @Test
    void tellsOnlyTheLengthOfWhatIsNoJson() {
        assertThat(shown("{\"borrower\":{\"profile\":{\"pan\":\"ABCDE12"))
                .isEqualTo("{\"unreadable\":true,\"characters\":38}");
    }

    private String shown(String body) {
        return masking.payload(body).toString();
    }
}
