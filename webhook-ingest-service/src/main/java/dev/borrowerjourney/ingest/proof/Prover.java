package dev.borrowerjourney.ingest.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.ingest.delivery.Kept;
import dev.borrowerjourney.ingest.delivery.Redelivery;
import dev.borrowerjourney.ingest.delivery.Reread;
import dev.borrowerjourney.ingest.proof.Proof.Check;
import dev.borrowerjourney.ingest.proof.Proof.Finding;
import dev.borrowerjourney.ingest.proof.Proof.Verdict;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.SealedDelivery;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a record of the log. The signature is computed here once more and not by the code that let the delivery in, so
 * that a defect there does not prove itself.
 */
final class Prover {

    /** Whatever prefix and encoding the setting asked for when it came. */
    private static final Pattern HEX = Pattern.compile(".*?([0-9a-fA-F]{64})");

    private static final Pattern BASE64 = Pattern.compile(".*?([A-Za-z0-9+/]{43}=)");

    /** Of the record, not of the delivery: made new, or judged by a setting that may have changed. */
    private static final Set<String> NOT_IN_THE_BODY = Set.of("sealed", "late");

    private final Redelivery redelivery;
    private final SecretDirectory secrets;

    Prover(Redelivery redelivery, SecretDirectory secrets) {
        this.redelivery = redelivery;
        this.secrets = secrets;
    }

    List<Finding> check(JourneySnapshot snapshot) {
        var sealed = snapshot.getSealed();
        var secretId = snapshot.getSecretId();
        if (sealed == null || secretId == null) {
            return List.of(new Finding(
                    Check.SIGNATURE, Verdict.UNDECIDED, "a poll, or a record without a sealed part: nobody signed it"));
        }
        var kept = new Kept(
                snapshot.getApplicationId(), snapshot.getEventId(), secretId, snapshot.getReceivedAt(), sealed);
        var opened = redelivery.open(kept);
        if (opened.isEmpty()) {
            return List.of(new Finding(
                    Check.SEAL,
                    Verdict.REFUTED,
                    "no key of this application opens it as the part of this event: it was changed, comes from another"
                            + " record, or its key was destroyed"));
        }
        var findings = new ArrayList<Finding>();
        findings.add(new Finding(
                Check.SEAL,
                Verdict.PROVED,
                "sealed by a holder of the application's keys for this event, unchanged since"));
        findings.add(hash(opened.get()));
        findings.add(signature(opened.get(), snapshot.getApplicationId(), secretId));
        findings.add(fields(snapshot, redelivery.read(kept)));
        return List.copyOf(findings);
    }

    private static Finding hash(SealedDelivery opened) {
        var same = MessageDigest.isEqual(sha256(bytes(opened.getBody())), bytes(opened.getSha256()));
        return same
                ? new Finding(Check.HASH, Verdict.PROVED, "the body is the one that was hashed on receipt")
                : new Finding(Check.HASH, Verdict.REFUTED, "the body is not the one that was hashed on receipt");
    }

    private Finding signature(SealedDelivery opened, String applicationId, String secretId) {
        var signature = Optional.ofNullable(opened.getSignature()).flatMap(Prover::decoded);
        var timestamp = opened.getTimestamp();
        if (signature.isEmpty() || timestamp == null) {
            return new Finding(Check.SIGNATURE, Verdict.REFUTED, "no signature of a known form is kept with it");
        }
        var secret = secret(applicationId, secretId);
        if (secret.isEmpty()) {
            return new Finding(
                    Check.SIGNATURE,
                    Verdict.UNDECIDED,
                    "webhook secret " + secretId + " of this application is no longer among the files");
        }
        var mac = mac(secret.get(), timestamp, bytes(opened.getBody()));
        return MessageDigest.isEqual(mac, signature.get())
                ? new Finding(
                        Check.SIGNATURE,
                        Verdict.PROVED,
                        "a holder of webhook secret " + secretId + " signed exactly this body and timestamp")
                : new Finding(
                        Check.SIGNATURE, Verdict.REFUTED, "webhook secret " + secretId + " did not sign this body");
    }

    private static Finding fields(JourneySnapshot snapshot, Reread reread) {
        return switch (reread) {
            case Reread.Legible(var again) -> {
                var differing = differing(snapshot, again);
                yield differing.isEmpty()
                        ? new Finding(
                                Check.FIELDS, Verdict.PROVED, "what the record says in the clear is what the body says")
                        : new Finding(Check.FIELDS, Verdict.REFUTED, "the body says otherwise: " + differing);
            }
            case Reread.Illegible illegible ->
                new Finding(
                        Check.FIELDS,
                        Verdict.UNDECIDED,
                        "the present reader cannot read the body: " + illegible.reason());
            case Reread.Foreign() ->
                new Finding(Check.FIELDS, Verdict.REFUTED, "the body speaks for another application or tenant");
            case Reread.Unopened() -> new Finding(Check.FIELDS, Verdict.UNDECIDED, "the keys changed meanwhile");
        };
    }

    private static List<String> differing(JourneySnapshot snapshot, JourneySnapshot again) {
        return snapshot.getSchema().getFields().stream()
                .filter(field -> !NOT_IN_THE_BODY.contains(field.name()))
                .filter(field -> !Objects.equals(snapshot.get(field.pos()), again.get(field.pos())))
                .map(field -> field.name())
                .toList();
    }

    /** A secret counts whether or not its time is over: it was live when the delivery came. */
    private Optional<Secret> secret(String applicationId, String secretId) {
        var folder = "webhook/" + applicationId;
        return secrets.list(folder).contains(secretId) && !secretId.endsWith(".json")
                ? secrets.find(folder + "/" + secretId)
                : Optional.empty();
    }

    private static Optional<byte[]> decoded(String signature) {
        var hex = HEX.matcher(signature);
        if (hex.matches()) {
            return Optional.of(HexFormat.of().parseHex(hex.group(1)));
        }
        var base64 = BASE64.matcher(signature);
        return base64.matches() ? Optional.of(Base64.getDecoder().decode(base64.group(1))) : Optional.empty();
    }

    private static byte[] mac(Secret secret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.utf8(), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256.", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
