package dev.borrowerjourney.ingest.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.snapshot.MaskedBody.Look;
import dev.borrowerjourney.ingest.snapshot.Reading.Illegible;
import dev.borrowerjourney.ingest.snapshot.Reading.Legible;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON between systems is UTF-8 (RFC 8259, 8.1). */
class BodyEncodingTest {

    static final String BODY = """
            {"event_id":"evt_1","tenant_id":"t","application_id":"a",
             "borrower":{"borrowerExternalID":"b","journeys":[{"journeyID":"j","status":"STARTED"}]}}""";

    final SnapshotReader reader = new SnapshotReader(List.of("/borrower/borrowerExternalID"));

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void readsNoOtherEncoding(String encoding) {
        expectNoJson(BODY.getBytes(Charset.forName(encoding)));
    }

    @Test
    void readsNoBytesThatResembleRareEncodings() {
        expectNoJson(new byte[] {0, '{', 0, 0, '}', 7, 0});
    }

    @Test
    void passesOverTheByteOrderMark() {
        var body = ("\uFEFF" + BODY).getBytes(UTF_8);

        assertThat(reader.read(body)).isInstanceOf(Legible.class);
        assertThat(MaskedBody.look(body)).isInstanceOf(Look.Json.class);
    }

    private void expectNoJson(byte[] body) {
        assertThat(reader.read(body))
                .isInstanceOfSatisfying(Illegible.class, illegible -> assertThat(illegible.reason())
                        .isEqualTo(QuarantineReason.NOT_JSON));
        assertThat(MaskedBody.look(body)).isInstanceOf(Look.NoJson.class);
    }
}
