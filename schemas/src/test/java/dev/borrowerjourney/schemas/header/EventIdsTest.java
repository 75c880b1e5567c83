package dev.borrowerjourney.schemas.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Expected values come from Python's {@code uuid.uuid5}, with names joined by U+001F. */
class EventIdsTest {

    static final BorrowerKey BORROWER = new BorrowerKey("4ImATIhQyDzwNt79fW4mr7Ro5p4BE6wOf4MP5taj7HY");
    static final UUID APPLICATION = UUID.fromString("7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a001");
    static final String JOURNEY = "0a0f3c8e-3f0e-4f0f-9b57-0d5f8f1f9a11";

    @Test
    void namesChangesAndStatesByJourneyAndVersion() {
        assertThat(EventIds.change(BORROWER, JOURNEY, 3)).hasToString("88775e39-71c0-5580-b421-90aed9606a26");
        assertThat(EventIds.state(BORROWER, JOURNEY, 3)).hasToString("8d843d04-ed4f-52b6-aa1d-6245c38a52d9");
    }

    @Test
    void namesPollsByContentAndTimeInMilliseconds() {
        assertThat(EventIds.poll(APPLICATION, JOURNEY, "ab12", Instant.parse("2026-03-05T16:48:20.123Z")))
                .isEqualTo(EventIds.poll(APPLICATION, JOURNEY, "ab12", Instant.parse("2026-03-05T16:48:20.123456Z")));
        assertThat(EventIds.poll(APPLICATION, JOURNEY, "ab12", Instant.ofEpochMilli(1772730500123L)))
                .hasToString("1b8972c3-212c-5af6-abee-7015e99f2bed");
        assertThat(EventIds.poll(APPLICATION, JOURNEY, "ab12", null))
                .hasToString("6659c03d-597a-5116-89b7-da364b3688b1");
    }

    @Test
    void namesDeliveriesByChangeDeviceAndAttempt() {
        var change = UUID.fromString("5f0c7d4e-1111-5222-8333-444455556666");

        assertThat(EventIds.delivery(change, "phone-1", 2)).hasToString("b4aaaae7-69be-5b2a-9beb-149e8916d85f");
    }
}
