package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ToldJourney;
import java.util.List;
import java.util.UUID;

/** Is told of what passes through this service. No method waits, and none fails. */
public interface Observations {

    /** A borrower came: a session was created. */
    void visited(Borrower borrower, UUID platformSessionId);

    /** A borrower called. */
    void called(BorrowerKey borrower);

    /** The borrower of a platform session called. */
    void called(UUID platformSessionId);

    /** A borrower may have changed something at the platform. */
    void acted(UUID platformSessionId);

    /** A borrower resumed a journey. */
    void resumed(BorrowerKey borrower, String journeyId);

    /** An answer of the platform, to a request of this trace, spoke of journeys on its way to the borrower of a platform session. */
    void told(UUID platformSessionId, List<ToldJourney> journeys, String correlationId, String traceparent);
}
