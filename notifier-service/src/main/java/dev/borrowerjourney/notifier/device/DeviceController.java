package dev.borrowerjourney.notifier.device;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

// No reactive types: the handlers run on virtual threads, where JDBC may block.
@RestController
class DeviceController {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PostgresDevices devices;
    private final PushServices services;
    private final Reach reach;

    DeviceController(PostgresDevices devices, PushServices services, Reach reach) {
        this.devices = devices;
        this.services = services;
        this.reach = reach;
    }

    /** @param webPushKey what browsers subscribe with, an uncompressed point of P-256 in base64url; null while there is none */
    record WebPushKey(@Nullable String webPushKey) {}

    @GetMapping("/v1/devices/web-push-key")
    WebPushKey webPushKey(@AuthenticationPrincipal Borrower borrower) {
        return new WebPushKey(
                reach.serverKeys(borrower.applicationId()).stream().findFirst().orElse(null));
    }

    @PutMapping("/v1/devices/{deviceId}")
    ShownDevice register(
            @AuthenticationPrincipal Borrower borrower,
            @PathVariable String deviceId,
            @RequestBody RegistrationBody body) {
        var application = borrower.applicationId();
        var serverKeys = reach.serverKeys(application);
        var registration = body.checked(deviceId, services, channel -> reach.on(application, channel), serverKeys);
        kept(() -> {
            devices.register(borrower, registration);
            return true;
        });
        return device(borrower, deviceId);
    }

    @GetMapping("/v1/devices/{deviceId}")
    ShownDevice device(@AuthenticationPrincipal Borrower borrower, @PathVariable String deviceId) {
        return kept(() -> RegistrationBody.fitsDevice(deviceId)
                        ? devices.row(borrower, deviceId)
                        : Optional.<PostgresDevices.Row>empty())
                .map(row -> shown(borrower, row))
                .orElseThrow(DeviceController::unknown);
    }

    @DeleteMapping("/v1/devices/{deviceId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@AuthenticationPrincipal Borrower borrower, @PathVariable String deviceId) {
        if (!RegistrationBody.fitsDevice(deviceId) || !kept(() -> devices.remove(borrower, deviceId))) {
            throw unknown();
        }
    }

    private ShownDevice shown(Borrower borrower, PostgresDevices.Row row) {
        var serverKeys =
                row.channel() == Channel.WEB_PUSH ? reach.serverKeys(borrower.applicationId()) : List.<String>of();
        var reached = reach.on(borrower.applicationId(), row.channel())
                && (row.serverKey() == null || serverKeys.contains(row.serverKey()));
        return new ShownDevice(
                row.deviceId(),
                row.channel(),
                row.locale(),
                row.timeZone(),
                row.registeredAt(),
                !reached,
                serverKeys.stream().findFirst().orElse(null));
    }

    private static <T> T kept(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException _) {
            throw HttpProblem.DATABASE_UNAVAILABLE
                    .because("Devices cannot be read or kept now; ask again.")
                    .retryAfter(RETRY_AFTER);
        }
    }

    private static RuntimeException unknown() {
        return HttpProblem.DEVICE_UNKNOWN.because("The borrower has no such device.");
    }
}
