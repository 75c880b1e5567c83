package dev.borrowerjourney.sandbox.platform.answer;

import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.call.Caller;
import dev.borrowerjourney.sandbox.platform.call.TokenWebFilter;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names a call by its borrower, what it does and how often that borrower did so before: the same in every run. */
@Component
class CallOccasions {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** No path of the platform is longer; those of strangers need not be kept whole. */
    private static final int LONGEST_PATH = 200;

    private final Faults faults;
    private final Borrowers borrowers;
    private final JsonMapper json;

    CallOccasions(Faults faults, Borrowers borrowers, JsonMapper json) {
        this.faults = faults;
        this.borrowers = borrowers;
        this.json = json;
    }

    /**
     * The occasion of a call.
     *
     * @param body what was sent; only calls with an API key need it
     */
    Occasion of(ServerWebExchange exchange, byte[] body) {
        String borrower =
                switch (TokenWebFilter.caller(exchange)) {
                    case Caller.Borrower(var ref) -> ref.externalId();
                    case Caller.Backend _ -> named(body);
                };
        String path = exchange.getRequest().getPath().value();
        String kind = borrower + " " + exchange.getRequest().getMethod() + " "
                + ID.matcher(path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path)
                        .replaceAll("*");
        return new Occasion(borrower, path, kind + " " + faults.ordinal(kind));
    }

    private String named(byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            String refreshToken = node.path("refreshToken").asString("");
            return refreshToken.isEmpty()
                    ? node.path("borrowerExternalID").asString("")
                    : borrowers
                            .having(Tokens.hash(refreshToken))
                            .map(borrower -> borrower.externalId())
                            .orElse("");
        } catch (JacksonException _) {
            return "";
        }
    }
}
