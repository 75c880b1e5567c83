package dev.borrowerjourney.notifier.testing;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;

/**
 * One service for all tests of this JVM that call its API and break nothing, since each start takes seconds. It tells nobody
 * by push, so that what other tests put into the tables of notifications stays as it is.
 */
public final class SharedNotifier {

    public static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    public static final String ALLOWED_ORIGIN = "https://loans.partner.example";
    public static final int MOST_DEVICES = 3;

    /** Web Push and APNs are on, FCM is off. */
    public static final PushSecrets SECRETS = PushSecrets.create();

    /** The key for Web Push. */
    public static final String SERVER_KEY = SECRETS.vapid(RunningNotifier.APPLICATION, "2026-11-01");

    private static final class Started {
        static final RunningNotifier NOTIFIER = start();
    }

    private SharedNotifier() {}

    public static RunningNotifier running() {
        return Started.NOTIFIER;
    }

    private static RunningNotifier start() {
        ReadModel.in(TestDatabase.shared().as("bj_projector"));
        var apns = "push/" + RunningNotifier.APPLICATION + "/apns/";
        SECRETS.write(apns + "key.json", """
                        {"keyId": "KEY0000001", "teamId": "TEAM000001", "topic": "dev.borrowerjourney.app"}""").write(apns + "key.p8", PushSecrets.privateKey(PushSecrets.newKeys()));
        return RunningNotifier.start(
                        TestBroker.shared().bootstrapServers(),
                        TestRegistry.shared().url(),
                        TestDatabase.shared(),
                        IDENTITY,
                        "--notifier.secrets-directory=" + SECRETS.directory(),
                        "--notifier.push.web-push.contact=https://partner.example/contact",
                        "--notifier.browser.allowed-origins=" + ALLOWED_ORIGIN,
                        "--notifier.devices.max-per-borrower=" + MOST_DEVICES,
                        "--notifier.notification.enabled=false")
                .awaitReady();
    }
}
