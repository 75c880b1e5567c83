package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformSession;

/** What became of the wish for credentials newer than the ones at hand. */
public sealed interface Renewal {

    record Renewed(PlatformCredentials credentials) implements Renewal {}

    /** The platform did not open a session. */
    record Failed(PlatformAnswer<PlatformSession> answer) implements Renewal {}

    /** Others renewed for as long as a caller may wait. */
    record Busy() implements Renewal {}

    /** The borrower has no session here any more. */
    record Gone() implements Renewal {}
}
