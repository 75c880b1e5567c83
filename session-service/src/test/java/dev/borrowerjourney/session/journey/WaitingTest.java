package dev.borrowerjourney.session.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.journey.Waiting.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class WaitingTest {

    private static final PseudonymKey KEY = PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final UUID APPLICATION = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Instant AFTER = Instant.parse("2026-03-05T08:00:00Z");
    private static final int MOST = 1_000;

    private final Scheduler blocking =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "blocking");
    private final AtomicInteger looks = new AtomicInteger();
    private volatile List<Changed> changed = List.of();
    private volatile boolean failing;

    @AfterEach
    void stop() {
        blocking.dispose();
    }

    @Test
    void looksForAllAtOnce() {
        var waiting = waiting(Duration.ofSeconds(3));
        long begun = System.nanoTime();
        var waits = IntStream.range(0, MOST)
                .mapToObj(number -> begun(waiting, borrower(number)))
                .toList();

        assertThat(waiting.waiting()).isEqualTo(MOST);
        waits.forEach(CompletableFuture::join);

        var intervals = (System.nanoTime() - begun) / Duration.ofMillis(300).toNanos();
        assertThat(looks).hasValueBetween(1, (int) intervals + 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> waiting.waiting() == 0);
    }

    @Test
    void looksForNobodyWhenNobodyWaits() {
        var waiting = waiting(Duration.ofMillis(500));
        begun(waiting, borrower(1)).join();
        var before = looks.get();

        await().during(Duration.ofSeconds(1)).atMost(Duration.ofMinutes(1)).until(() -> looks.get() <= before + 1);
    }

    @Test
    void tellsThoseWhomAChangeConcerns() {
        var waiting = waiting(Duration.ofSeconds(30));
        var borrower = borrower(1);
        var list = begun(waiting, borrower);
        var journey = waiting.forChange(borrower, "j-1", AFTER).toFuture();
        var others = List.of(
                waiting.forChange(borrower, "j-2", AFTER).toFuture(),
                waiting.forChange(borrower, AFTER.plusSeconds(2)).toFuture(),
                begun(waiting, borrower(2)));

        changed = List.of(
                new Changed(borrower.value(), borrower.journeyKey("j-1"), AFTER.plusSeconds(1)),
                new Changed(borrower(2).value(), borrower(2).journeyKey("j-3"), AFTER));

        list.join();
        journey.join();
        assertThat(others).noneMatch(CompletableFuture::isDone);
        others.forEach(other -> other.cancel(true));
    }

    @Test
    void freesThePlaceOfWhoeverLeaves() {
        var waiting = waiting(Duration.ofSeconds(30));
        var wait = begun(waiting, borrower(1));
        assertThat(waiting.waiting()).isEqualTo(1);

        wait.cancel(true);

        assertThat(waiting.waiting()).isZero();
    }

    @Test
    void keepsNobodyWaitingBeyondItsPlaces() {
        var waiting = waiting(Duration.ofSeconds(30));
        var waits = new ArrayList<CompletableFuture<Void>>();
        IntStream.range(0, MOST).forEach(number -> waits.add(begun(waiting, borrower(number))));

        assertThat(begun(waiting, borrower(MOST))).isDone();

        waits.forEach(wait -> wait.cancel(true));
        assertThat(begun(waiting, borrower(MOST))).isNotDone();
    }

    @Test
    void givesNoBorrowerThePlacesOfAll() {
        var waiting = waiting(Duration.ofSeconds(30));
        var waits = IntStream.range(0, 50)
                .mapToObj(_ -> begun(waiting, borrower(1)))
                .toList();

        assertThat(waiting.waiting()).isEqualTo(20);
        assertThat(waits.stream().filter(CompletableFuture::isDone)).hasSize(30);
        assertThat(begun(waiting, borrower(2))).isNotDone();
    }

    @Test
    void goesOnWaitingWhileTheDatabaseIsAway() {
        failing = true;
        var waiting = waiting(Duration.ofSeconds(30));
        var wait = begun(waiting, borrower(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() > 1);

        failing = false;
        changed = List.of(new Changed(borrower(1).value(), "k", AFTER.plusSeconds(1)));

        wait.join();
    }

    private Waiting waiting(Duration longest) {
        return new Waiting(new JourneyProperties(longest, MOST, Duration.ofMinutes(5)), this::look, blocking);
    }

    private List<Changed> look(Collection<String> borrowers) {
        looks.incrementAndGet();
        if (failing) {
            throw new QueryTimeoutException("away");
        }
        return changed.stream()
                .filter(change -> borrowers.contains(change.borrowerKey()))
                .toList();
    }

    private static CompletableFuture<Void> begun(Waiting waiting, BorrowerKey borrower) {
        return waiting.forChange(borrower, AFTER).toFuture();
    }

    private static BorrowerKey borrower(int number) {
        return KEY.borrowerKey(APPLICATION, "CUST_" + number);
    }
}
