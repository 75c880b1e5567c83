package dev.borrowerjourney.sandbox.platform.journey;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which outcome a journey has: the one of the borrower's data, else one that the seed draws, else none. */
@Component
class Outcomes {

    private final @Nullable Long seed;

    Outcomes(SandboxPlatformProperties properties) {
        this.seed = properties.outcomeSeed();
    }

    @Nullable
    Outcome of(Borrower borrower, Journey journey) {
        Optional<Outcome> chosen = Outcome.of(borrower.data());
        if (chosen.isPresent() || seed == null) {
            return chosen.orElse(null);
        }
        return drawn(seed, borrower.externalId(), borrower.journeys().indexOf(journey));
    }

    /** Depends on nothing but the seed, the borrower and which of the borrower's journeys it is; half of all go well. */
    static Outcome drawn(long seed, String externalId, int journey) {
        Outcome[] all = Outcome.values();
        String hash = Tokens.hash(seed + "\n" + externalId + "\n" + journey);
        int number = Integer.parseInt(hash.substring(0, 7), 16) % (2 * all.length);
        return number < all.length ? all[number] : Outcome.ALL_WELL;
    }
}
