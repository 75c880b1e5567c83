package dev.borrowerjourney.notifier.preference;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.UUID;

/** What borrowers want to be told of, and when. */
public interface Preferences {

    /** The borrower's own, or the defaults: everything, at any time. */
    PreferencesOfBorrower of(UUID applicationId, BorrowerKey borrower);
}
