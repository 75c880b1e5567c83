package dev.borrowerjourney.session.session;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose sessions an operator means; what is null does not matter. */
record Whose(
        @Nullable UUID sessionId,
        @Nullable UUID applicationId,
        @Nullable BorrowerKey borrower) {

    /** For the audit: tells a borrower by the pseudonym. */
    String name() {
        var named = Stream.of(sessionId, applicationId, borrower)
                .filter(each -> each != null)
                .map(Object::toString)
                .collect(Collectors.joining("/"));
        return named.isEmpty() ? "all" : named;
    }
}
