package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.clock.TimestampConfiguration;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Spoils what a webhook says before it is signed, and what was signed afterwards. */
@Component
class Tampering {

    private static final int SHORTEST = 2;

    private final Faults faults;
    private final SequenceRestart restart;
    private final JsonMapper json;

    Tampering(Faults faults, SequenceRestart restart, JsonMapper json) {
        this.faults = faults;
        this.restart = restart;
        this.json = json;
    }

    /** How far the sender's clock is off for this attempt. */
    Duration skew(Occasion attempt, List<String> struck) {
        long millis = faults.amount(Switch.SKEW_MILLIS, attempt);
        return millis != 0 && strikes(Switch.SKEWED, attempt, struck) ? Duration.ofMillis(millis) : Duration.ZERO;
    }

    /** The body that is signed. */
    String beforeSigning(String body, Occasion webhook, Duration skew, List<String> struck) {
        boolean unnumbered = strikes(Switch.WITHOUT_SEQUENCE, webhook, struck);
        boolean restarted = faults.flag(Switch.SEQUENCE_RESTART, webhook);
        if (!restarted) {
            restart.endUnlessAnybodyIsConcerned();
        }
        String changed = body;
        if (unnumbered || restarted || !skew.isZero()) {
            ObjectNode node = (ObjectNode) json.readTree(body);
            if (unnumbered) {
                node.remove("sequence");
            } else if (restarted && node.has("sequence")) {
                long honest = node.path("sequence").asLong();
                long told = restart.told(honest);
                if (told != honest) {
                    node.put("sequence", told);
                    struck.add(Switch.SEQUENCE_RESTART.label());
                }
            }
            shift(node, "event_at", skew);
            shift(node, "snapshot_generated_at", skew);
            changed = json.writeValueAsString(node);
        }
        if (strikes(Switch.TRUNCATED_BODIES, webhook, struck)) {
            int most = changed.length() - SHORTEST;
            return changed.substring(0, SHORTEST + (int) (most * faults.draw("length", webhook)));
        }
        return changed;
    }

    /** The body that is sent, of as many bytes: one of them is another one than was signed. */
    String afterSigning(String body, Occasion attempt, List<String> struck) {
        if (!strikes(Switch.CORRUPTED_BODIES, attempt, struck)) {
            return body;
        }
        int at = (int) (body.length() * faults.draw("byte", attempt));
        char other = body.charAt(at) == 'x' ? 'y' : 'x';
        return body.substring(0, at) + other + body.substring(at + 1);
    }

    private boolean strikes(Switch share, Occasion occasion, List<String> struck) {
        boolean strikes = faults.strikes(share, occasion);
        if (strikes) {
            struck.add(share.label());
        }
        return strikes;
    }

    private static void shift(ObjectNode node, String member, Duration skew) {
        Instant at = Instant.parse(node.path(member).asString());
        node.put(member, TimestampConfiguration.iso(at.plus(skew)));
    }
}
