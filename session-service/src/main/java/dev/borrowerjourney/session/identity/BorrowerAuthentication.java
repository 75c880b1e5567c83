package dev.borrowerjourney.session.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A call whose partner token was verified. The token itself is not kept. */
final class BorrowerAuthentication extends AbstractAuthenticationToken {

    private final transient Borrower borrower;

    BorrowerAuthentication(Borrower borrower) {
        super(List.of());
        this.borrower = borrower;
        super.setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return borrower;
    }

    @Override
    public String getName() {
        return borrower.key().value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BorrowerAuthentication that && borrower.equals(that.borrower);
    }

    @Override
    public int hashCode() {
        return borrower.hashCode();
    }
}
