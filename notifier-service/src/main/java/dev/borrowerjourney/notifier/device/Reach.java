package dev.borrowerjourney.notifier.device;

import java.util.List;
import java.util.UUID;

/** Which channels there are now; told by whoever holds the credentials, which may change while the service runs. */
public interface Reach {

    boolean on(UUID applicationId, Channel channel);

    /**
     * Our public keys for Web Push in base64url. Browsers subscribe with the first; what was subscribed with another one of
     * them is still reached. Empty while the channel is off.
     */
    List<String> serverKeys(UUID applicationId);
}
