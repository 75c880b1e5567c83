package dev.borrowerjourney.notifier.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PresenceIT {

    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;
    static final TestDatabase DATABASE = TestDatabase.shared();

    final JdbcClient session = JdbcClient.create(DATABASE.as("bj_session"));
    final JdbcClient owner = JdbcClient.create(DATABASE.as("bj_notifier"));
    final RunningNotifier notifier = SharedNotifier.running();
    final String borrower = "CUST_" + UUID.randomUUID();
    final BorrowerKey key = RunningNotifier.keyOf(borrower);

    @Test
    void showsWhoHasAStreamOpenToSessionService() {
        assertThat(present()).isFalse();

        try (var _ = notifier.stream(IDENTITY.token(borrower))) {
            await().atMost(Duration.ofSeconds(60)).until(this::present);
        }
    }

    /** A stream lost on the way is opened again within seconds, and nobody should notice. */
    @Test
    void showsForAMinuteWhoHasGoneAndNoLonger() {
        new PostgresPresence(owner).note(List.of(key));
        assertThat(present()).isTrue();

        age("55 seconds");
        assertThat(present()).isTrue();
        age("61 seconds");
        assertThat(present()).isFalse();
    }

    @Test
    void knowsSinceWhenSomebodyIsThere() {
        var presence = new PostgresPresence(owner);
        presence.note(List.of(key));
        age("30 seconds");
        presence.note(List.of(key));
        assertThat(cameWithin("20 seconds")).isFalse();

        age("61 seconds");
        presence.note(List.of(key));
        assertThat(cameWithin("20 seconds")).isTrue();
    }

    @Test
    void forgetsWhoIsGone() {
        var presence = new PostgresPresence(owner);
        presence.note(List.of(key));
        age("6 minutes");
        presence.forget();

        assertThat(owner.sql("SELECT count(*) FROM notification.open_stream WHERE borrower_key = ?")
                        .param(key.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private boolean present() {
        return session.sql("SELECT count(*) FROM notification.presence WHERE borrower_key = ?")
                        .param(key.value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private boolean cameWithin(String time) {
        return session.sql("SELECT since > now() - ?::interval FROM notification.presence WHERE borrower_key = ?")
                .param(time)
                .param(key.value())
                .query(Boolean.class)
                .single();
    }

    private void age(String time) {
        owner.sql("""
                        UPDATE notification.open_stream
                        SET since = since - ?::interval, seen_at = now() - ?::interval
                        WHERE borrower_key = ?
                        """).param(time).param(time).param(key.value()).update();
    }
}
