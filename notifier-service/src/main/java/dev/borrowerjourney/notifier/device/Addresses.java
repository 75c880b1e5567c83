package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.defaults.secret.Secret;
import org.jspecify.annotations.Nullable;

/** Addresses as text, to be sealed. */
final class Addresses {

    /** Neither an URL nor base64url has a space. */
    private static final String SEPARATOR = " ";

    private Addresses() {}

    /** What makes the address another one, and no mere other key for the same. */
    static Secret where(Address address) {
        return switch (address) {
            case Address.Subscription subscription -> subscription.endpoint();
            case Address.Token token -> token.token();
        };
    }

    /** Null where one push service serves the whole channel. */
    static @Nullable String host(Address address) {
        return switch (address) {
            case Address.Subscription subscription -> subscription.host();
            case Address.Token _ -> null;
        };
    }

    static @Nullable String serverKey(Address address) {
        return switch (address) {
            case Address.Subscription subscription -> subscription.serverKey();
            case Address.Token _ -> null;
        };
    }

    static Secret text(Address address) {
        return switch (address) {
            case Address.Subscription subscription ->
                Secret.of(String.join(
                        SEPARATOR,
                        subscription.endpoint().reveal(),
                        subscription.p256dh().reveal(),
                        subscription.auth().reveal()));
            case Address.Token token -> token.token();
        };
    }

    static Address subscription(Secret text, String serverKey) {
        var parts = text.reveal().split(SEPARATOR, -1);
        return new Address.Subscription(Secret.of(parts[0]), Secret.of(parts[1]), Secret.of(parts[2]), serverKey);
    }
}
