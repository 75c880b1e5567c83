package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** An idempotency key of the app, within one application, borrower, method and path. */
public final class IdempotencyKey {

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final String key;
    private final String scope;

    /** As a string of structured fields, which the header is by the IETF's draft, with its quotes. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]+)\"");

    private IdempotencyKey(String key, String scope) {
        this.key = key;
        this.scope = scope;
    }

    /** Why a key is of no use; empty if it is. */
    public static Optional<ProblemException> refusal(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.of(missing());
        }
        return SHAPE.matcher(header).matches()
                ? Optional.empty()
                : Optional.of(HttpProblem.IDEMPOTENCY_KEY_INVALID.because(
                        "Idempotency-Key: 1 to 128 printable characters without spaces are expected."));
    }

    private static ProblemException missing() {
        return HttpProblem.IDEMPOTENCY_KEY_REQUIRED.because(
                "Send an Idempotency-Key, a new UUID per operation and the same on each retry of it.");
    }

    /** Refuses a key that is absent or unusable. */
    public static IdempotencyKey of(@Nullable String header, Borrower borrower, String methodAndPath) {
        if (header == null) {
            throw missing();
        }
        refusal(header).ifPresent(problem -> {
            throw problem;
        });
        var quoted = QUOTED.matcher(header);
        var key = quoted.matches() ? quoted.group(1) : header;
        var scope = String.join(
                "\u001f", borrower.applicationId().toString(), borrower.key().value(), methodAndPath, key);
        return new IdempotencyKey(key, scope);
    }

    /** The key for the platform: the same for the same operation, so nothing need be stored before the call. */
    public UUID forPlatform() {
        return EventIds.named("platform-idempotency", scope);
    }

    /** The key for using up the refresh token of a generation: whoever does it after a crash repeats the same operation. */
    static UUID ofRefresh(UUID platformSessionId, long generation) {
        return EventIds.named("refresh", platformSessionId.toString(), Long.toString(generation));
    }

    /** The key of one renewal by opening. */
    static UUID ofRenewal(UUID platformSessionId, long fence) {
        return EventIds.named("renewal", platformSessionId.toString(), Long.toString(fence));
    }

    byte[] scopeHash() {
        return sha256(scope);
    }

    /** Keyed by the idempotency key, which is stored nowhere: the personal data in a body cannot be guessed from it. */
    byte[] requestHash(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256.", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return "IdempotencyKey[***]";
    }
}
