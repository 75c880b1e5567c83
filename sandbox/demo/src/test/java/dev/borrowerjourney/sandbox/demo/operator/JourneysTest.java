package dev.borrowerjourney.sandbox.demo.operator;

import static dev.borrowerjourney.sandbox.demo.operator.Events.eventId;
import static dev.borrowerjourney.sandbox.demo.operator.Events.published;
import static dev.borrowerjourney.sandbox.demo.operator.Events.told;
import static dev.borrowerjourney.sandbox.demo.operator.Events.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JourneysTest {

    private final Journeys journeys = new Journeys();

    @Test
    void forgetsWhatMovedLongestAgo() {
        for (int n = 0; n < 10_000; n++) {
            journeys.told(told("journey-" + n, n, "STARTED", "ACKNOWLEDGED"));
        }

        var page = journeys.page(null, "");

        assertThat(page.kept()).isEqualTo(Journeys.KEPT);
        assertThat(page.forgotten()).isEqualTo(10_000 - Journeys.KEPT);
        assertThat(page.items()).hasSize(Journeys.LARGEST_PAGE);
        assertThat(page.items().getFirst().row().journeyId()).isEqualTo("journey-9999");
        assertThat(journeys.movedAfter(0)).hasSize(Journeys.LARGEST_PAGE);
    }

    /** A load of few journeys with many changes each is no lighter. */
    @Test
    void keepsNoMoreEventsThanItMay() {
        for (int n = 0; n < 1_000; n++) {
            for (int change = 0; change < Journey.KEPT + 10; change++) {
                journeys.told(told("journey-" + n, change, "STARTED", "ACKNOWLEDGED"));
            }
        }

        assertThat(journeys.page(null, "").kept()).isEqualTo(Journeys.MOST_EVENTS / Journey.KEPT);
        assertThat(journeys.seen("journey-999").told()).hasSize(Journey.KEPT);
    }

    @Test
    void keepsTheLatestThatCouldNotBeRead() {
        for (int n = 0; n <= Journeys.KEPT; n++) {
            var place = new Place("journey-snapshots-quarantine", 0, n);
            journeys.quarantined(new Quarantined(place, "evt_" + n, "NOT_JSON", Events.at(n), Events.at(n)));
        }

        assertThat(journeys.quarantined(List.of("evt_0", "evt_1", "evt_other"))).containsOnlyKeys("evt_1");
    }

    /** Whoever looks at the journey has seen what polling told of it, and would not look again. */
    @Test
    void movesTheJourneyWhoseWebhookCouldNotBeRead() {
        var one = told("torn", 1, "STARTED", "FAILED");
        journeys.told(one);
        journeys.told(told("other", 2, "STARTED", "ACKNOWLEDGED"));
        var before = journeys.revision();

        journeys.quarantined(new Quarantined(
                new Place("journey-snapshots-quarantine", 0, 1),
                one.eventId(),
                "NOT_JSON",
                Events.at(3),
                Events.at(3)));

        assertThat(journeys.movedAfter(before)).containsExactly("torn");
    }

    /** The topics are read anew after any trouble with the broker. */
    @Test
    void keepsOnceWhatIsToldAgain() {
        var record = webhook("journey", 1, 7, "STARTED");

        journeys.logged("journey", record);
        journeys.logged("journey", record);

        assertThat(journeys.seen("journey").logged()).containsExactly(record);
    }

    @Test
    void showsFirstWhatMovedLast() {
        journeys.told(told("first", 1, "STARTED", "PENDING"));
        journeys.told(told("second", 2, "STARTED", "PENDING"));
        var before = journeys.revision();

        journeys.told(told("first", 3, "DISBURSED", "PENDING"));

        assertThat(journeys.page(null, "").items())
                .extracting(found -> found.row().journeyId())
                .containsExactly("first", "second");
        assertThat(journeys.movedAfter(before)).containsExactly("first");
    }

    @Test
    void countsByStatusAndTellsWhichIsBehind() {
        journeys.told(told("known", 1, "STARTED", "ACKNOWLEDGED"));
        journeys.published("known", published(1, webhook("known", 1, 7, "STARTED")));
        journeys.told(told("behind", 2, "DISBURSED", "LOST"));

        var page = journeys.page("DISBURSED", "");

        assertThat(page.statuses()).isEqualTo(Map.of("STARTED", 1, "DISBURSED", 1));
        assertThat(page.behind()).isEqualTo(1);
        assertThat(page.matching()).isEqualTo(1);
        assertThat(page.items()).singleElement().satisfies(found -> {
            assertThat(found.row().journeyId()).isEqualTo("behind");
            assertThat(found.row().inStep()).isFalse();
            assertThat(found.row().known()).isNull();
        });
    }

    @Test
    void findsByWhateverNamesJourney() {
        journeys.told(told("a1b2", 1, "STARTED", "ACKNOWLEDGED"));
        var logged = webhook("a1b2", 1, 7, "STARTED");
        journeys.logged("a1b2", logged);
        journeys.told(told("c3d4", 2, "STARTED", "ACKNOWLEDGED"));

        assertThat(because("A1B")).isEqualTo("journey");
        assertThat(because("Borrower of a1")).isEqualTo("borrower");
        assertThat(because(" " + eventId("a1b2", 1) + " ")).isEqualTo("event");
        assertThat(because(String.valueOf(logged.correlationId()))).isEqualTo("correlation");
        assertThat(journeys.page(null, "nothing of it").items()).isEmpty();
    }

    private @Nullable String because(String text) {
        var items = journeys.page(null, text).items();
        assertThat(items).extracting(found -> found.row().journeyId()).containsExactly("a1b2");
        return items.getFirst().because();
    }
}
