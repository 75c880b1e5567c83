package dev.borrowerjourney.notifier.preference;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

// No reactive types: the handlers run on virtual threads, where JDBC may block.
@RestController
class PreferencesController {

    private static final String PATH = "/v1/notification-preferences";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PostgresPreferences preferences;

    PreferencesController(PostgresPreferences preferences) {
        this.preferences = preferences;
    }

    @GetMapping(PATH)
    PreferencesBody show(@AuthenticationPrincipal Borrower borrower) {
        return asked(() -> PreferencesBody.of(preferences.of(borrower.applicationId(), borrower.key())));
    }

    @PutMapping(PATH)
    PreferencesBody keep(@AuthenticationPrincipal Borrower borrower, @RequestBody PreferencesBody wanted) {
        return asked(() -> {
            var checked = wanted.checked(() -> preferences.zoneOfDevice(borrower.applicationId(), borrower.key()));
            preferences.keep(borrower.applicationId(), borrower.key(), checked);
            return PreferencesBody.of(checked);
        });
    }

    private static <T> T asked(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException _) {
            throw HttpProblem.DATABASE_UNAVAILABLE
                    .because("Preferences cannot be read or kept now; ask again.")
                    .retryAfter(RETRY_AFTER);
        }
    }
}
