package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log that a test takes away and gives back. */
final class InMemorySnapshots implements Snapshots {

    private final List<ToldJourney> published = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    @Override
    public Sent send(Source source, ToldJourney told, @Nullable Settlement settlement) {
        if (away) {
            throw new NotPublished(new IllegalStateException("away"));
        }
        return () -> published.add(told);
    }

    void away(boolean away) {
        this.away = away;
    }

    List<ToldJourney> of(String journeyId) {
        return published.stream()
                .filter(told -> told.journeyId().equals(journeyId))
                .toList();
    }
}
