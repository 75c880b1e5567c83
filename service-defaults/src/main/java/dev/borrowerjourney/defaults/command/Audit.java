package dev.borrowerjourney.defaults.command;

import dev.borrowerjourney.defaults.logging.Masking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who did what to which thing, why, and with what outcome: a structured line each, to the logger
 * {@code audit}, which is on standard error while a command runs. Nothing in it may be secret or personal.
 *
 * @param act for example {@code quarantine release}
 * @param who stands for the operator; a staff id or a role, no e-mail address
 */
public record Audit(String act, String who, String why) {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final int LONGEST = 200;

    /** An act that changes something: {@code --by} and {@code --why} are needed. */
    public static Audit of(String act, Arguments arguments) {
        return new Audit(act, fit("--by", arguments.needed("--by")), fit("--why", arguments.needed("--why")));
    }

    /** An act that only looks: {@code --by} and {@code --why} may be left out. */
    public static Audit ofReading(String act, Arguments arguments) {
        return new Audit(
                act,
                fit("--by", arguments.text("--by").orElse("unnamed")),
                fit("--why", arguments.text("--why").orElse("not told")));
    }

    /**
     * Notes the act on one thing.
     *
     * @param outcome one word, as a constant's name
     */
    public void note(String id, String outcome) {
        LOG.atInfo()
                .addKeyValue("audit.act", act)
                .addKeyValue("audit.id", id)
                .addKeyValue("audit.who", who)
                .addKeyValue("audit.why", why)
                .addKeyValue("audit.outcome", outcome)
                .log("{} {}: {}", act, id, outcome);
    }

    /** Refuses now what the masking of log lines would blot out: a line that hides who it was is no audit. */
    private static String fit(String option, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException(option + ": empty, too long or with control characters (expected: 1 to " + LONGEST
                    + " printable characters)");
        }
        if (!Masking.mask(text).equals(text)) {
            throw new UsageException(option + ": looks like an e-mail address, phone number or secret"
                    + " (expected: what may stand in a log, such as a staff id or ticket number)");
        }
        return text;
    }
}
