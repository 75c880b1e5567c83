package dev.borrowerjourney.sandbox.platform.borrower;

import java.util.UUID;

/** Who a borrower is: the partner's stable id within one application. */
public record BorrowerRef(UUID applicationId, String externalId) {}
