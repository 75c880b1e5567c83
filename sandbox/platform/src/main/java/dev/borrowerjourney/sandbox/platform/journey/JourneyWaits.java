package dev.borrowerjourney.sandbox.platform.journey;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerListener;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.clock.Alarms;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves journeys on when what they wait for is due, also what fell due while the process was down. */
@Component
class JourneyWaits implements BorrowerListener {

    private final Map<String, Due> awaited = new ConcurrentHashMap<>();
    private final Borrowers borrowers;
    private final JourneyFlow flow;
    private final Alarms alarms;

    JourneyWaits(Borrowers borrowers, JourneyFlow flow, Alarms alarms) {
        this.borrowers = borrowers;
        this.flow = flow;
        this.alarms = alarms;
    }

    @Override
    public void changed(@Nullable Borrower before, Borrower after) {
        for (Journey journey : after.journeys()) {
            Due due = journey.due();
            if (due == null) {
                awaited.remove(journey.journeyId());
            } else if (!due.equals(awaited.put(journey.journeyId(), due))) {
                alarms.at(due.at(), () -> fallDue(after.ref(), journey.journeyId(), due));
            }
        }
    }

    private void fallDue(BorrowerRef ref, String journeyId, Due due) {
        borrowers.change(ref, borrower -> borrower.journey(journeyId)
                .filter(journey -> due.equals(journey.due()))
                .map(journey -> flow.due(borrower, journey, due.what()))
                .orElse(borrower));
    }
}
