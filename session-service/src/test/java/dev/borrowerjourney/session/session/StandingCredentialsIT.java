package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StandingCredentialsIT extends ServiceUnderTest {

    private final StandingCredentials vaulted;
    private final StandingCredentials direct;
    private UUID id = new UUID(0, 0);

    @Autowired
    StandingCredentialsIT(PostgresPlatformSessions rows, Renewals renewals, LiveSessions live) {
        this.vaulted = new StandingCredentials(Custody.VAULTED, rows, renewals, live);
        this.direct = new StandingCredentials(Custody.DIRECT, rows, renewals, live);
    }

    @BeforeEach
    void open() {
        sessionTokenOf(borrower);
        id = database.sql("SELECT platform_session_id FROM session.platform_session WHERE borrower_key = ?")
                .param(keyOf(borrower).value())
                .query(UUID.class)
                .single();
    }

    @Test
    void lendWhatHasNotExpired() {
        assertThat(vaulted.of(id, "c")).isInstanceOf(Renewal.Renewed.class);
        assertThat(direct.of(id, "c")).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
    }

    /** The platform may end the session that the app holds when another one is opened. */
    @Test
    void renewOnlyWhereTheAppDoesNotHoldThePlatformsToken() {
        database.sql("UPDATE session.platform_session SET session_expires_at = now() WHERE platform_session_id = ?")
                .param(id)
                .update();

        assertThat(direct.of(id, "c")).isInstanceOf(Renewal.Gone.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(1);
        assertThat(vaulted.of(id, "c")).isInstanceOf(Renewal.Renewed.class);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    @Test
    void tellThatNobodyHasASession() {
        assertThat(vaulted.of(UUID.randomUUID(), "c")).isInstanceOf(Renewal.Gone.class);
    }
}
