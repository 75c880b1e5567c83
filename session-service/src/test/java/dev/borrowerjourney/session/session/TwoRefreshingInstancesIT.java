package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.testing.DirectCustody;
import java.util.Map;

/** The same with the platform's tokens in the app's hands, renewed by refresh tokens that die on use. */
@DirectCustody
class TwoRefreshingInstancesIT extends TwoInstancesIT {

    @Override
    protected Map<String, String> more() {
        return Map.of("session.tokens.custody", "direct", "session.tokens.renewal", "refresh-endpoint");
    }
}
