package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** One borrower with one device and one journey, like no other test's. */
final class Samples {

    final BorrowerKey borrower = RunningNotifier.keyOf("CUST_" + UUID.randomUUID());
    final String deviceId = "dev_" + UUID.randomUUID();
    final String journeyId = "jrn_" + UUID.randomUUID();

    Device device() {
        return device(borrower);
    }

    Device device(BorrowerKey owner) {
        return new Device(
                deviceId,
                UUID.randomUUID(),
                RunningNotifier.APPLICATION,
                owner,
                Channel.FCM,
                Locale.ENGLISH,
                Instant.parse("2026-01-01T00:00:00Z"),
                new Address.Token(Secret.of("token")));
    }

    Claim claim(Kind kind, long version, Instant dueAt, Instant expiresAt) {
        return new Claim(
                EventIds.change(borrower, journeyId, version),
                deviceId,
                RunningNotifier.APPLICATION,
                borrower,
                journeyId,
                version,
                kind,
                Channel.FCM,
                dueAt,
                expiresAt,
                1,
                0,
                0);
    }
}
