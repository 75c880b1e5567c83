package dev.borrowerjourney.notifier.acknowledgement;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AcknowledgementIT {

    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;

    final RunningNotifier notifier = SharedNotifier.running();
    final ReadModel model = ReadModel.in(TestDatabase.shared().as("bj_projector"));

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();

    @Test
    void keepsTheGreatestVersion() {
        model.keep(keyOf(borrower), APPLICATION, journey, 5, "OFFERS_PENDING", "null");

        assertThat(acknowledge(borrower, 3)).isEqualTo(204);
        assertThat(acknowledge(borrower, 5)).isEqualTo(204);
        assertThat(acknowledge(borrower, 4)).isEqualTo(204);

        assertThat(kept()).isEqualTo(5);
    }

    @Test
    void refusesWhatWasNeverShown() {
        model.keep(keyOf(borrower), APPLICATION, journey, 5, "OFFERS_PENDING", "null");

        assertThat(acknowledge(borrower, 6)).isEqualTo(404);
        assertThat(acknowledge("CUST_" + UUID.randomUUID(), 5)).isEqualTo(404);
        assertThat(post(borrower, "{\"journeyId\":\"a\\u0000b\",\"version\":1}"))
                .isEqualTo(404);
    }

    @Test
    void refusesUnreadableBody() {
        assertThat(acknowledge(borrower, 0)).isEqualTo(400);
        assertThat(post(borrower, "{}")).isEqualTo(400);
        assertThat(post(borrower, "no json")).isEqualTo(400);
    }

    private int acknowledge(String asBorrower, long version) {
        return post(asBorrower, "{\"journeyId\":\"" + journey + "\",\"version\":" + version + "}");
    }

    private int post(String asBorrower, String body) {
        return notifier.post("/v1/stream/acknowledgements", IDENTITY.token(asBorrower), body)
                .statusCode();
    }

    private long kept() {
        return JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT version FROM notification.acknowledgement WHERE borrower_key = ? AND journey_id = ?")
                .param(keyOf(borrower).value())
                .param(journey)
                .query(Long.class)
                .single();
    }
}
