package dev.borrowerjourney.notifier;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;

/**
 * How operators name a borrower: {@code --borrower} with the id that the identity provider tells, and {@code --application}
 * where there are several; or {@code --borrower-key} with the pseudonym.
 */
public record BorrowerOption(ObjectProvider<NotifierProperties> notifier, ObjectProvider<PseudonymKey> pseudonymKey) {

    public BorrowerKey borrower(Arguments arguments) {
        if (arguments.has("--borrower") == arguments.has("--borrower-key")) {
            throw new UsageException("--borrower, --borrower-key (expected: one of them)");
        }
        if (arguments.has("--borrower")) {
            return pseudonymKey.getObject().borrowerKey(application(arguments), arguments.needed("--borrower"));
        }
        if (arguments.has("--application")) {
            throw new UsageException("--application with --borrower-key (expected: one of them)");
        }
        try {
            return new BorrowerKey(arguments.needed("--borrower-key"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--borrower-key: " + e.getMessage());
        }
    }

    private UUID application(Arguments arguments) {
        var known = notifier.getObject().applicationIds();
        var id = arguments.uuid("--application");
        if (id.isEmpty() && known.size() == 1) {
            return known.getFirst();
        }
        return id.filter(known::contains)
                .orElseThrow(() -> new UsageException("--application: "
                        + id.map(UUID::toString).orElse("missing") + " (expected: one of " + known + ")"));
    }
}
