package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What follows disbursal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentIT {

    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory).described();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void closesTheJourneyOnForeclosure() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");
        BigDecimal open = open(borrower, journeyId);

        JsonNode started = act(borrower, journeyId, "\"FORECLOSURE\"").data();

        assertThat(started.path("status").asString()).isEqualTo("PROCESSING");
        assertThat(started.path("amount").decimalValue()).isEqualByComparingTo(open);
        borrower.awaitStatus(journeyId, "CLOSED");
        assertThat(statuses(borrower, journeyId)).hasSize(24).containsOnly("PAID");
    }

    @Test
    void takesAPartPaymentOffTheEnd() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");
        BigDecimal open = open(borrower, journeyId);
        JsonNode emi = schedule(borrower, journeyId).getFirst().path("amount");
        BigDecimal amount = emi.decimalValue().add(new BigDecimal("1000.50"));

        act(borrower, journeyId, "\"PRE_PART_PAYMENT\",\"amount\":" + amount);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> statuses(borrower, journeyId).contains("PAID"));

        assertThat(open(borrower, journeyId)).isEqualByComparingTo(open.subtract(amount));
        assertThat(statuses(borrower, journeyId)).last().isEqualTo("PAID");
        assertThat(schedule(borrower, journeyId).getFirst().path("amount")).isEqualTo(emi);
    }

    @Test
    void refusesPartPaymentsThatAreNone() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");

        assertThat(act(borrower, journeyId, "\"PRE_PART_PAYMENT\"").code()).isEqualTo("INVALID_REQUEST");
        assertThat(act(borrower, journeyId, "\"PRE_PART_PAYMENT\",\"amount\":" + open(borrower, journeyId))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(act(borrower, journeyId, "\"TOP_UP\"").code()).isEqualTo("INVALID_REQUEST");
        assertThat(act(borrower, journeyId, "\"MISSED_EMI_PAYMENT\"").code()).isEqualTo("WRONG_STATE");
    }

    @Test
    void letsAMissedEmiBePaid() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("GOLD_LOAN", Outcome.MISSED_EMI);
        borrower.lead(journeyId, "DISBURSED");
        JsonNode first = schedule(borrower, journeyId).getFirst();
        assertThat(statuses(borrower, journeyId)).startsWith("MISSED", "DUE");
        assertThat(LocalDate.parse(first.path("dueDate").asString())).isBefore(LocalDate.now(ZoneOffset.UTC));

        JsonNode started = act(borrower, journeyId, "\"MISSED_EMI_PAYMENT\"").data();

        assertThat(started.path("amount")).isEqualTo(first.path("amount"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> statuses(borrower, journeyId).getFirst().equals("PAID"));
        assertThat(statuses(borrower, journeyId)).doesNotContain("MISSED");
    }

    @Test
    void tellsPaymentsThatLeaveTheStatusAlone() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("GOLD_LOAN");

        act(borrower, journeyId, "\"PRE_PART_PAYMENT\",\"amount\":1000");

        assertThat(act(borrower, journeyId, "\"FORECLOSURE\"").code()).isEqualTo("WRONG_STATE");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.states(journeyId).size() == 12);
        assertThat(platform.states(journeyId)).last().isEqualTo("DISBURSED VIEW_LOAN");
    }

    private static TestPlatform.Answer act(BorrowerApp borrower, String journeyId, String action) {
        return borrower.post("/journeys/" + journeyId + "/post-disbursal/actions", "{\"action\":" + action + "}");
    }

    private static List<JsonNode> schedule(BorrowerApp borrower, String journeyId) {
        return borrower.get("/journeys/" + journeyId + "/post-disbursal")
                .data()
                .path("repaymentSchedule")
                .valueStream()
                .toList();
    }

    private static List<String> statuses(BorrowerApp borrower, String journeyId) {
        return schedule(borrower, journeyId).stream()
                .map(it -> it.path("status").asString())
                .toList();
    }

    private static BigDecimal open(BorrowerApp borrower, String journeyId) {
        return schedule(borrower, journeyId).stream()
                .filter(it -> !it.path("status").asString().equals("PAID"))
                .map(it -> it.path("amount").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
