package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.defaults.secret.Secret;
import java.net.URI;
import java.util.Locale;

/** Where a device is reached. Who knows an address can disturb the device, so none is ever printed. */
public sealed interface Address {

    /**
     * A subscription at a browser's push service.
     *
     * @param endpoint an URL that was allowed when the device was registered
     * @param p256dh the browser's public key, an uncompressed point of P-256 in base64url
     * @param auth the browser's authentication secret, 16 bytes in base64url
     * @param serverKey our public key that the subscription was made with, in base64url
     */
    record Subscription(Secret endpoint, Secret p256dh, Secret auth, String serverKey) implements Address {

        /** Of the push service, which tells which browser it is, and nothing of whose. */
        public String host() {
            return URI.create(endpoint.reveal()).getHost().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** What Firebase or Apple call the app on this device. */
    record Token(Secret token) implements Address {

        @Override
        public String toString() {
            return "***";
        }
    }
}
