package dev.borrowerjourney.sandbox.platform.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The key that partner tokens are signed with; kept in the data directory, so that tokens survive a restart. */
@Component
class SigningKey {

    private static final int RSA_BITS = 2048;

    private final Algorithm algorithm;
    private final JWK key;

    SigningKey(SandboxPlatformProperties properties) throws IOException, JOSEException, ParseException {
        this.algorithm = properties.identity().algorithm();
        Files.createDirectories(properties.dataDirectory());
        this.key = loaded(properties.dataDirectory().resolve("identity-key-" + algorithm + ".json"));
    }

    String sign(JWTClaimsSet claims) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.name()))
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer());
        return token.serialize();
    }

    String publicKeys() {
        return new JWKSet(key).toString(true);
    }

    private JWSSigner signer() throws JOSEException {
        return KeyType.EC.equals(key.getKeyType()) ? new ECDSASigner(key.toECKey()) : new RSASSASigner(key.toRSAKey());
    }

    private JWK loaded(Path file) throws IOException, JOSEException, ParseException {
        if (Files.exists(file)) {
            return JWK.parse(Files.readString(file));
        }
        JWK made = made();
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, made.toJSONString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private JWK made() throws JOSEException {
        String id = UUID.randomUUID().toString();
        JWSAlgorithm use = JWSAlgorithm.parse(algorithm.name());
        return switch (algorithm) {
            case RS256 ->
                new RSAKeyGenerator(RSA_BITS)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(use)
                        .generate();
            case ES256 ->
                new ECKeyGenerator(Curve.P_256)
                        .keyID(id)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(use)
                        .generate();
        };
    }
}
