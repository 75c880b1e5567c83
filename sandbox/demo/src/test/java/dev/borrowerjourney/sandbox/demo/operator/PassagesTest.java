package dev.borrowerjourney.sandbox.demo.operator;

import static dev.borrowerjourney.sandbox.demo.operator.Events.at;
import static dev.borrowerjourney.sandbox.demo.operator.Events.poll;
import static dev.borrowerjourney.sandbox.demo.operator.Events.projected;
import static dev.borrowerjourney.sandbox.demo.operator.Events.published;
import static dev.borrowerjourney.sandbox.demo.operator.Events.told;
import static dev.borrowerjourney.sandbox.demo.operator.Events.webhook;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.LOGGED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PROJECTED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PUBLISHED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.PUSHED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.RECEIVED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.SENT;
import static dev.borrowerjourney.sandbox.demo.operator.Station.Name.SHOWN;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.DONE;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.FAILED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.SKIPPED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.UNTIMED;
import static dev.borrowerjourney.sandbox.demo.operator.Station.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassagesTest {

    private static final Map<Integer, Long> APPLIED = Map.of(3, 1_000L);

    @Test
    void followsWebhookThroughEachStation() {
        var record = webhook("j", 1, 7, "STARTED");
        var push = new Push(1, "FCM", "…", "ACTION_REQUIRED", at(5_000), 1, "ACCEPTED", at(6_000));
        var seen = new Journey.Seen(
                List.of(),
                List.of(record),
                List.of(published(1, record)),
                List.of(new Acknowledged("j", 1, at(2_000))),
                Map.of());

        var passage = only(
                List.of(told("j", 1, "STARTED", "ACKNOWLEDGED")),
                seen,
                new ReadModel(List.of(projected(1, record)), APPLIED, List.of(push), null, null));

        assertThat(passage.version()).isEqualTo(1);
        assertThat(passage.how()).isEqualTo("WEBHOOK");
        assertThat(passage.stations()).extracting(Station::state).containsOnly(DONE);
        assertThat(passage.stations().stream()
                        .map(Station::at)
                        .map(Objects::requireNonNull)
                        .toList())
                .isSorted()
                .hasSize(Station.Name.values().length);
        assertThat(station(passage, LOGGED).place()).isEqualTo(record.place());
        assertThat(station(passage, PUBLISHED).place()).isEqualTo(new Place("journey-changes", 3, 101));
    }

    @Test
    void findsByPollWhatNoWebhookTold() {
        var poll = poll(9, "DISBURSED", at(2_000), at(3_000));

        var passage = only(
                List.of(told("j", 2, "DISBURSED", "LOST")),
                seen(poll),
                new ReadModel(List.of(projected(1, poll)), APPLIED, List.of(), null, null));

        assertThat(passage.how()).isEqualTo("POLL");
        assertThat(station(passage, SENT).state()).isEqualTo(FAILED);
        assertThat(station(passage, RECEIVED)).isEqualTo(new Station(RECEIVED, DONE, at(3_000), null));
        assertThat(station(passage, PROJECTED).state()).isEqualTo(DONE);
    }

    @Test
    void tellsWhichRecordsChangedNothing() {
        var poll = poll(8, "STARTED", at(1_000), at(1_001));
        var late = webhook("j", 1, 9, "STARTED");

        var passage = only(
                List.of(told("j", 1, "STARTED", "ACKNOWLEDGED")),
                seen(poll, late),
                new ReadModel(List.of(projected(1, poll)), APPLIED, List.of(), null, null));

        assertThat(passage.how()).isEqualTo("POLL");
        assertThat(passage.repeats()).containsExactly(late);
    }

    /** Two polls of the same state at different times: each belongs to the change it saw. */
    @Test
    void tellsEqualStatesApartByTheirTimes() {
        var first = poll(7, "KYC_PENDING", at(1_000), at(1_500));
        var second = poll(9, "KYC_PENDING", at(3_000), at(3_500));
        var told = List.of(
                told("j", 1, "KYC_PENDING", "LOST"),
                told("j", 2, "LENDER_PROCESSING", "LOST"),
                told("j", 3, "KYC_PENDING", "LOST"));

        var passages = Passages.of(
                told,
                seen(first, second),
                new ReadModel(List.of(projected(1, first), projected(2, second)), APPLIED, List.of(), null, null));

        assertThat(passages).extracting(Way.Passage::version).containsExactly(2L, null, 1L);
        assertThat(station(passages.get(1), PROJECTED).state()).isEqualTo(SKIPPED);
    }

    @Test
    void tellsOfWebhookThatCouldNotBeRead() {
        var told = told("j", 1, "STARTED", "ACKNOWLEDGED");
        var place = new Place("journey-snapshots-quarantine", 1, 5);
        var unread = new Quarantined(place, told.eventId(), "NOT_JSON", at(1_002), at(1_003));
        var seen = Journey.Seen.NOTHING.with(Map.of(told.eventId(), unread));
        var nothing = new ReadModel(List.of(), APPLIED, List.of(), null, null);

        var passage = only(List.of(told), seen, nothing);

        assertThat(passage.quarantined()).isEqualTo(unread);
        assertThat(station(passage, LOGGED)).isEqualTo(new Station(LOGGED, FAILED, at(1_003), place));
        assertThat(station(passage, PROJECTED).state()).isEqualTo(WAITING);
        var overtaken = Passages.of(List.of(told, told("j", 2, "DISBURSED", "PENDING")), seen, nothing)
                .getLast();
        assertThat(station(overtaken, PROJECTED).state()).isEqualTo(SKIPPED);
    }

    @Test
    void waitsForWhatIsStillToCome() {
        var record = webhook("j", 2, 2_000, "DISBURSED");
        var told = List.of(told("j", 1, "STARTED", "PENDING"), told("j", 2, "DISBURSED", "ACKNOWLEDGED"));

        var passages = Passages.of(told, seen(record), new ReadModel(List.of(), APPLIED, List.of(), null, null));

        assertThat(station(passages.getFirst(), PROJECTED).state()).isEqualTo(WAITING);
        assertThat(station(passages.getLast(), SENT).state()).isEqualTo(WAITING);
        assertThat(station(passages.getLast(), RECEIVED).state()).isEqualTo(WAITING);
    }

    @Test
    void saysThatTimeIsNotKept() {
        var record = webhook("j", 1, 7, "STARTED");
        var readModel = new ReadModel(
                List.of(projected(1, record)), APPLIED, List.of(), new Acknowledged("j", 4, at(9_000)), null);

        var passage = only(List.of(told("j", 1, "STARTED", "ACKNOWLEDGED")), Journey.Seen.NOTHING, readModel);

        assertThat(station(passage, LOGGED)).isEqualTo(new Station(LOGGED, UNTIMED, null, record.place()));
        assertThat(station(passage, SHOWN)).isEqualTo(new Station(SHOWN, UNTIMED, null, null));
    }

    @Test
    void showsWhatRebuildMendedAndThePlatformNeverTold() {
        var record = webhook("j", 1, 7, "STARTED");
        var rebuilt = new Projected(
                2, "STARTED", null, "REBUILD", record.place(), record.eventId(), null, at(60_000), at(60_001));

        var passages = Passages.of(
                List.of(told("j", 1, "STARTED", "ACKNOWLEDGED")),
                seen(record),
                new ReadModel(List.of(projected(1, record), rebuilt), APPLIED, List.of(), null, null));

        assertThat(passages).extracting(Way.Passage::how).containsExactly("REBUILD", "WEBHOOK");
        assertThat(passages.getFirst().told()).isNull();
    }

    @Test
    void tellsWhatBecameOfPushes() {
        assertThat(pushed(null)).isEqualTo(WAITING);
        assertThat(pushed("GONE")).isEqualTo(FAILED);
        assertThat(pushed("SKIPPED_ACKNOWLEDGED")).isEqualTo(SKIPPED);
    }

    private static Station.State pushed(@Nullable String outcome) {
        var record = webhook("j", 1, 7, "STARTED");
        var push = new Push(1, "FCM", "…", "ACTION_REQUIRED", at(5_000), 1, outcome, null);
        var passage = only(
                List.of(told("j", 1, "STARTED", "ACKNOWLEDGED")),
                seen(record),
                new ReadModel(List.of(projected(1, record)), APPLIED, List.of(push), null, Instant.EPOCH));
        assertThat(station(passage, SHOWN).state()).isEqualTo(WAITING);
        return station(passage, PUSHED).state();
    }

    private static Journey.Seen seen(Logged... logged) {
        return new Journey.Seen(List.of(), List.of(logged), List.of(), List.of(), Map.of());
    }

    private static Way.Passage only(List<Told> told, Journey.Seen seen, ReadModel readModel) {
        var passages = Passages.of(told, seen, readModel);
        assertThat(passages).hasSize(1);
        return passages.getFirst();
    }

    private static Station station(Way.Passage passage, Station.Name name) {
        return passage.stations().stream()
                .filter(each -> each.name() == name)
                .findFirst()
                .orElseThrow();
    }
}
