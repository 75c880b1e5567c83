package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** A partner token with every claim right, and a key that the partner does not have. */
final class ForeignToken {

    private ForeignToken() {}

    static String naming(String borrower, DemoFile.Identity identity) throws GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var header = HttpCalls.JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT");
        var claims = HttpCalls.JSON
                .createObjectNode()
                .put("iss", identity.issuer())
                .put("aud", identity.audience())
                .put("sub", borrower)
                .put("iat", now)
                .put("exp", now + 60);
        var signed = encoded(header.toString().getBytes(UTF_8)) + "."
                + encoded(claims.toString().getBytes(UTF_8));
        return signed + "." + encoded(signature(signed));
    }

    private static byte[] signature(String signed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(generator.generateKeyPair().getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signature.sign();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
