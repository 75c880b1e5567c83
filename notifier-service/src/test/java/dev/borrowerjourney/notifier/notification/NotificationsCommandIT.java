package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Runs the packaged jar as an operator does. */
@ExtendWith(OutputCaptureExtension.class)
class NotificationsCommandIT {

    final Scene scene = new Scene();
    final Samples samples = new Samples();
    final String borrower = "CUST_" + UUID.randomUUID();

    @TempDir
    Path secrets;

    @Test
    void tellsWhatBecameOfABorrowersNotifications() throws IOException {
        scene.register(samples);
        scene.notifications.add(List.of(scene.offersReady(samples, 2), scene.offersReady(samples, 4)));
        var first = scene.notifications.claim(1_000, Duration.ofMinutes(5)).claims().stream()
                .filter(claim -> claim.deviceId().equals(samples.deviceId) && claim.version() == 2)
                .findFirst()
                .orElseThrow();
        scene.notifications.complete(first, 1, Outcome.SUPERSEDED);

        var ended = jar().run("notifications", "list", "--borrower-key", samples.borrower.value());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines().filter(line -> line.contains(samples.journeyId)))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains(" 2 ", "OFFERS_READY", "SUPERSEDED"))
                .anySatisfy(line -> assertThat(line).contains(" 4 ", "OFFERS_READY", "OPEN"));
        assertThat(ended.audit()).singleElement().satisfies(line -> assertThat(line)
                .contains("notifications list", "SHOWN", samples.borrower.value()));
    }

    /** As the jar does, without the time that its start takes. */
    @Test
    void findsABorrowerByTheIdOfTheIdentityProvider(CapturedOutput output) throws IOException {
        var command = SharedNotifier.running().bean(NotificationsCommand.class);

        assertThat(command.run(List.of("list", "--borrower", borrower), System.out))
                .isZero();

        assertThat(output.getAll())
                .contains(
                        "0 shown",
                        "notifications list " + RunningNotifier.keyOf(borrower).value() + ": NONE")
                .doesNotContain(borrower);
    }

    private OperatorJar jar() throws IOException {
        var key = Files.createFile(
                secrets.resolve("pseudonym-key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
        TestDatabase.shared().writePassword("bj_notifier", secrets);
        return OperatorJar.of(
                "notifier-service",
                Map.of(
                        "NOTIFIER_SECRETSDIRECTORY",
                        secrets.toString(),
                        "NOTIFIER_APPLICATIONS_0_APPLICATIONID",
                        APPLICATION.toString(),
                        "SPRING_DATASOURCE_URL",
                        TestDatabase.shared().url()));
    }
}
