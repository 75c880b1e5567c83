package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ToldJourney;
import java.util.List;
import java.util.UUID;

/** Nobody listens, because reconciliation is turned off. */
final class Unheard implements Observations {

    @Override
    public void visited(Borrower borrower, UUID platformSessionId) {}

    @Override
    public void called(BorrowerKey borrower) {}

    @Override
    public void called(UUID platformSessionId) {}

    @Override
    public void acted(UUID platformSessionId) {}

    @Override
    public void resumed(BorrowerKey borrower, String journeyId) {}

    @Override
    public void told(UUID platformSessionId, List<ToldJourney> journeys, String correlationId, String traceparent) {}
}
