package dev.borrowerjourney.notifier.identity;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An authenticated borrower; its credentials, the token itself, are not kept. */
final class BorrowerAuthentication extends AbstractAuthenticationToken {

    private final transient Borrower borrower;

    BorrowerAuthentication(Borrower borrower) {
        super(List.of());
        this.borrower = borrower;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Borrower getPrincipal() {
        return borrower;
    }
}
