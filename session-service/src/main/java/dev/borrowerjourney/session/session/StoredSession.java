package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.platform.ActiveJourney;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code platform_session}.
 *
 * @param sessionTokenSealed null until the platform has opened a session
 * @param refreshTokenSealed null, too, once the platform has refused it
 * @param generation the fence under which the tokens were saved; 0 while there are none
 */
record StoredSession(
        UUID id,
        UUID applicationId,
        Sealed borrowerSealed,
        @Nullable Sealed sessionTokenSealed,
        @Nullable Instant sessionExpiresAt,
        @Nullable Sealed refreshTokenSealed,
        @Nullable Instant refreshExpiresAt,
        @Nullable ActiveJourney activeJourney,
        long generation) {}
