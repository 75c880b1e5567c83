package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class NetworkInternalsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1, "bap_id": "x"}                              | {"a":1}
            {"BPP-URI": "x", "nested": {"SubscriberId": 1}}       | {"nested":{}}
            [{"signing_public_key": "k", "b": [1]}]               | [{"b":[1]}]
            {"transaction_id": "t", "messageId": "m"}             | {}
            {"event": "on_search", "x": 1}                        | {"x":1}
            {"list": ["on_issue_status", "kept"]}                 | {"list":["kept"]}
            {"note": "sent by ONDC:FIS12 today"}                  | {}
            {"via": "beckn_protocol"}                             | {}
            {"context": {"domain": 1, "action": 2, "ttl": 3}}     | {}
            """)
    void removesUnmistakable(String found, String left) {
        var tree = JSON.readTree(found);

        assertThat(new NetworkInternals(false).removeFrom(tree).removed()).isPositive();
        assertThat(tree.toString()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "PERSONAL_LOAN", "status": "SANCTIONED", "code": "FORECLOSURE", "version": 1}
            {"action": "PRE_PART_PAYMENT", "actionID": "a", "name": "n", "value": "on_hold"}
            {"context": {"domain": 1, "action": 2, "page": 3}}
            {"requestID": "r", "correlationID": "c", "amount": "1.00"}
            """)
    void keepsThePublicModel(String kept) {
        assertThat(new NetworkInternals(true).removeFrom(JSON.readTree(kept)).removed())
                .isZero();
    }

    @Test
    void countsAmbiguousUnlessToldToRemove() {
        var found = "{\"fulfillments\": [], \"submission_id\": 1}";

        var kept = JSON.readTree(found);
        assertThat(new NetworkInternals(false).removeFrom(kept).ambiguous()).isEqualTo(2);
        assertThat(kept.size()).isEqualTo(2);

        var removed = JSON.readTree(found);
        assertThat(new NetworkInternals(true).removeFrom(removed).removed()).isEqualTo(2);
        assertThat(removed.isEmpty()).isTrue();
    }
}
