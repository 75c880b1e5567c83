package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Snapshot;
import java.util.List;
import java.util.UUID;

/**
 * A webhook as it goes out.
 *
 * @param honest the body without any fault
 * @param body as it is sent, which is what was signed unless a fault came between
 * @param faults the switches that struck it
 */
record SignedWebhook(
        BorrowerRef borrower,
        UUID tenantId,
        Snapshot snapshot,
        String honest,
        String body,
        String timestamp,
        String signature,
        List<String> faults) {}
