package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.relay.Admission.Decision;
import dev.borrowerjourney.session.relay.Admission.Reason;
import dev.borrowerjourney.session.relay.Admission.Withheld;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UUID borrower = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Test
    void holdsBackWhoCallsTooOften() {
        var admission = admission(Map.of("limits.borrower-calls-per-second", "2", "limits.borrower-burst", "3"));
        Stream.generate(() -> admission.decide(borrower)).limit(3).forEach(AdmissionTest::close);

        assertThat(admission.decide(borrower)).isEqualTo(new Withheld(Reason.BORROWER_RATE, Duration.ofMillis(500)));
        assertThat(admission.decide(other)).isInstanceOf(Ticket.class);
        pass(Duration.ofMillis(500));
        assertThat(admission.decide(borrower)).isInstanceOf(Ticket.class);
        assertThat(withheld("borrower_rate")).isEqualTo(1);
    }

    @Test
    void holdsBackWhoHasTooManyCallsUnderWay() {
        var admission = admission(Map.of("limits.borrower-most-at-once", "2"));
        var first = admission.decide(borrower);
        var second = admission.decide(borrower);

        assertThat(admission.decide(borrower)).isEqualTo(new Withheld(Reason.BORROWER_FULL, Duration.ofSeconds(1)));
        assertThat(admission.decide(other)).isInstanceOf(Ticket.class);
        close(first);
        close(first);
        assertThat(List.of(admission.decide(borrower), admission.decide(borrower)))
                .hasExactlyElementsOfTypes(Ticket.class, Withheld.class);
        close(second);
    }

    @Test
    void sendsNoMoreOnThanIsAllowedAltogether() {
        var admission = admission(Map.of("limits.calls-per-second", "1", "limits.burst", "2"));
        close(admission.decide(borrower));
        close(admission.decide(other));

        assertThat(admission.decide(UUID.randomUUID())).isEqualTo(new Withheld(Reason.RATE, Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(1));
        assertThat(admission.decide(UUID.randomUUID())).isInstanceOf(Ticket.class);
    }

    @Test
    void hasNoMoreUnderWayThanIsAllowedAltogether() {
        var admission = admission(Map.of("limits.most-at-once", "1"));
        var first = admission.decide(borrower);

        assertThat(admission.decide(other)).isEqualTo(new Withheld(Reason.FULL, Duration.ofSeconds(1)));
        assertThat(meters.get("session.relay.under-way").gauge().value()).isEqualTo(1);
        close(first);
        assertThat(admission.decide(other)).isInstanceOf(Ticket.class);
    }

    /** Whoever is held back by own limits leaves the others theirs. */
    @Test
    void doesNotCountWhatOneBorrowerTriesInVain() {
        var admission = admission(Map.of("limits.borrower-burst", "1", "limits.burst", "2"));
        close(admission.decide(borrower));
        Stream.generate(() -> admission.decide(borrower)).limit(100).forEach(AdmissionTest::close);

        assertThat(admission.decide(other)).isInstanceOf(Ticket.class);
    }

    @Test
    void opensOnceThePlatformFailsForSeveralBorrowers() {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(UUID::randomUUID).limit(4).forEach(each -> fail(admission, each, Fault.STATUS));

        assertThat(admission.decide(UUID.randomUUID())).isInstanceOfSatisfying(Withheld.class, withheld -> {
            assertThat(withheld.reason()).isEqualTo(Reason.CIRCUIT);
            assertThat(withheld.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        });
        assertThat(meters.get("session.relay.circuit").gauge().value()).isEqualTo(1);
        assertThat(meters.get("session.relay.under-way").gauge().value()).isZero();
    }

    /** Somebody may have found what the platform fails on. */
    @Test
    void doesNotOpenBecauseOneBorrowersCallsFail() {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(() -> borrower).limit(50).forEach(each -> fail(admission, each, Fault.LATE_FIRST_BYTE));

        assertThat(admission.decide(borrower)).isInstanceOf(Ticket.class);
    }

    /** Whoever sends or reads slowly on many devices must not shut the others out. */
    @Test
    void doesNotOpenBecauseAppsAreSlow() {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(UUID::randomUUID).limit(50).forEach(each -> fail(admission, each, Fault.SLOW_APP));

        assertThat(admission.decide(borrower)).isInstanceOf(Ticket.class);
    }

    /** Nobody's call can have caused it. */
    @Test
    void opensOnceThePlatformCannotBeReached() {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(() -> borrower).limit(4).forEach(each -> fail(admission, each, Fault.UNREACHABLE));

        assertThat(admission.decide(borrower)).isInstanceOf(Withheld.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 400, 401, 404, 409, 422, 429, 501, 505})
    void takesNoOtherAnswerForAFailure(int status) {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(UUID::randomUUID).limit(20).forEach(each -> answer(admission, each, status));

        assertThat(admission.decide(borrower)).isInstanceOf(Ticket.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void takesAnswerForAFailure(int status) {
        var admission = admission(Map.of("circuit.least-calls", "4"));

        Stream.generate(UUID::randomUUID).limit(20).forEach(each -> answer(admission, each, status));

        assertThat(admission.decide(borrower)).isInstanceOf(Withheld.class);
        assertThat(meters.get("session.relay.calls")
                        .tag("outcome", "status")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    /** What an app gave up tells nothing of the platform, and leaves its place to others. */
    @Test
    void forgetsAbandonedCalls() {
        var admission = admission(Map.of("limits.most-at-once", "1"));

        Stream.generate(() -> admission.decide(borrower)).limit(50).forEach(AdmissionTest::close);

        assertThat(admission.decide(borrower)).isInstanceOf(Ticket.class);
        assertThat(meters.get("session.relay.calls")
                        .tag("outcome", "abandoned")
                        .counter()
                        .count())
                .isEqualTo(50);
    }

    private Admission admission(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("session.relay." + name, value));
        var properties = RelayPropertiesTest.settings(all);
        return new Admission(properties, new Circuit(properties.circuit()), clock(), meters);
    }

    private TimeMeter clock() {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return now.get();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private double withheld(String reason) {
        return meters.get("session.relay.withheld")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static void answer(Admission admission, UUID borrower, int status) {
        if (admission.decide(borrower) instanceof Ticket ticket) {
            ticket.answered(status);
            ticket.close();
        }
    }

    private static void fail(Admission admission, UUID borrower, Fault fault) {
        if (admission.decide(borrower) instanceof Ticket ticket) {
            ticket.failed(fault);
            ticket.close();
        }
    }

    private static void close(Decision decision) {
        if (decision instanceof Ticket ticket) {
            ticket.close();
        }
    }
}
