package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SwitchTest {

    static final JsonMapper JSON = new JsonMapper();

    @Test
    void standInTheReadmeAsInTheCode() throws IOException {
        String table = Arrays.stream(Switch.values())
                .map(one -> "| `%s` | %s | `%s` | %s |%n"
                        .formatted(one.label(), type(one), number(one.standard()), one.meaning()))
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    @Test
    void areNamedAsInJson() {
        assertThat(Switch.TOO_MANY_REQUESTS.label()).isEqualTo("tooManyRequests");
        assertThat(Switch.WEBHOOKS.label()).isEqualTo("webhooks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"webhook\":true} | known are webhooks, dropped, duplicates",
                "{\"webhooks\":0} | expected: true or false",
                "{\"dropped\":1.1} | dropped: 1.1 (expected: 0 to 1)",
                "{\"delayMillis\":0.5} | expected: a whole number, 0 to 3600000",
                "{\"skewMillis\":-86400001} | expected: a whole number, -86400000 to 86400000",
                "{\"seed\":null} | seed has the wrong type"
            })
    void refusesWhatCannotBe(String members, String message) {
        assertThatThrownBy(() -> values(members)).hasMessageContaining(message);
    }

    @Test
    void takesBothEndsOfARange() {
        assertThat(values("{\"dropped\":1,\"duplicates\":0,\"delayMillis\":3600000}"))
                .isEqualTo(Map.of(Switch.DROPPED, 1.0, Switch.DUPLICATES, 0.0, Switch.DELAY_MILLIS, 3_600_000L));
    }

    private static Map<Switch, Object> values(String members) {
        return Switches.State.values((ObjectNode) JSON.readTree(members));
    }

    private static String type(Switch one) {
        return switch (one.kind()) {
            case FLAG -> "flag";
            case SHARE -> "share";
            case MILLIS, SIGNED_MILLIS -> "ms";
            case SECONDS -> "s";
            case NUMBER -> "number";
        };
    }

    private static String number(Object value) {
        return value instanceof Double share ? Integer.toString(share.intValue()) : value.toString();
    }
}
