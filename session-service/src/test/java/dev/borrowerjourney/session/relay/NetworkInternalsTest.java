package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class NetworkInternalsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1, "bap_id": "x"}                              | {"a": 1}
            {"bap_id": "x", "a": 1}                              | {"a": 1}
            {"b\\u0061p_id": "x", "a": 1.50}                     | {"a": 1.50}
            {"BPP-URI": "x", "nested": {"SubscriberId": 1}}      | {"nested": {}}
            [{"signing_public_key": {"k": [1]}, "b": [1]}]       | [{"b": [1]}]
            {"transaction_id": "t", "messageId": "m"}            | {}
            {"event": "on_search", "x": 1}                       | {"x": 1}
            {"list": ["on_issue_status", "kept", "on_init"]}     | {"list": ["kept"]}
            {"note": "sent by ONDC:FIS12 today"}                 | {}
            {"via": "beckn_protocol", "to": "Beckn-Protocol"}    | {}
            {"context": {"domain": 1, "action": 2, "ttl": 3}}    | {}
            {"a": {"context": {"bap_id": 1, "action": 2, "x": {"ukid": 1}, "ttl": 3}}, "b": 2} | {"a": {}, "b": 2}
            {"context": {"bap_id": 1, "action": 2}, "b": 2}      | {"context": {"action": 2}, "b": 2}
            """)
    void removesUnmistakable(String found, String left) {
        var cleaned = clean(found, false);

        assertThat(cleaned.removed()).isPositive();
        assertThat(new String(cleaned.body(), UTF_8)).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "PERSONAL_LOAN", "status": "SANCTIONED", "code": "FORECLOSURE", "version": 1}
            {"action": "PRE_PART_PAYMENT", "actionID": "a", "name": "n", "value": "on_hold"}
            {"context": {"domain": 1, "action": 2, "page": 3}}
            {"requestID": "r", "correlationID": "c", "amount": "1.00"}
            {"note": "ABC:1", "from": "bank", "over": "ONDC: no"}
            "on_search"
            [1, [], {}, null, true, 1e5]
            """)
    void keepsThePublicModel(String kept) {
        var body = kept.getBytes(UTF_8);
        var cleaned = Cleaning.of(body, new NetworkInternals(true));

        assertThat(cleaned.removed()).isZero();
        assertThat(cleaned.body()).isSameAs(body);
    }

    @Test
    void countsAmbiguousUnlessToldToRemove() {
        var found = "{\"fulfillments\": [], \"submission_id\": 1}";

        assertThat(clean(found, false).ambiguous()).isEqualTo(2);
        assertThat(clean(found, false).removed()).isZero();
        assertThat(clean(found, true).removed()).isEqualTo(2);
        assertThat(new String(clean(found, true).body(), UTF_8)).isEqualTo("{}");
    }

    /** Of what is removed as a whole the parts are not counted, too. */
    @Test
    void countsAContextOnce() {
        var cleaned = clean("{\"context\": {\"bap_id\": 1, \"domain\": 2, \"ttl\": 3, \"xinput\": 4}}", false);

        assertThat(cleaned.removed()).isEqualTo(1);
        assertThat(cleaned.ambiguous()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1} {}",
                "{\"a\": 1",
                "{\"a\": tru}",
                "{\"bap_id\": {\"a\": 1, \"a\": 2}}",
                "<html>",
                "{\"a\": \"\\q\"}"
            })
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> clean(text, false)).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesAnotherEncodingThanUtf8() {
        assertThatThrownBy(() -> Cleaning.of("{\"a\": 1}".getBytes(UTF_16), new NetworkInternals(false)))
                .isInstanceOf(JacksonException.class);
        assertThat(new String(
                        clean("{\"ä\": \"ö €\", \"bap_id\": \"ü\", \"z\": \"ß\"}", false)
                                .body(),
                        UTF_8))
                .isEqualTo("{\"ä\": \"ö €\", \"z\": \"ß\"}");
    }

    @Test
    void outlinesWhatIsToldOfJourneys() {
        var outline = clean("""
                        {"timestamp": "t", "requestID": "r", "data": {
                          "journeyID": "j1", "status": "STARTED", "nextAction": null, "updatedAt": "u", "lender": {"status": "x"},
                          "activeJourney": {"journeyID": "j2", "status": "CLOSED", "nextAction": "VIEW_LOAN", "steps": [1]},
                          "journeys": [{"journeyID": "j3", "status": 3, "nextAction": {"a": 1}}, {"bap_id": 1}]}}
                        """, false).outline();

        assertThat(outline).isEqualTo(JSON.readTree("""
                        {"timestamp": "t", "data": {
                          "journeyID": "j1", "status": "STARTED", "nextAction": null, "updatedAt": "u",
                          "activeJourney": {"journeyID": "j2", "status": "CLOSED", "nextAction": "VIEW_LOAN"},
                          "journeys": [{"journeyID": "j3", "status": "3", "nextAction": null}, {}]}}
                        """));
    }

    private static Cleaning clean(String text, boolean removeAmbiguous) {
        return Cleaning.of(text.getBytes(UTF_8), new NetworkInternals(removeAmbiguous));
    }
}
