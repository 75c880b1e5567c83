package dev.borrowerjourney.notifier.push;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import dev.borrowerjourney.defaults.secret.SecretException;
import java.security.GeneralSecurityException;
import java.security.Signature;

/** A key pair that identifies us to the push services of browsers (RFC 8292). */
final class VapidKey {

    private static final byte[] SAMPLE = {1};

    private final String publicKey;
    private final WebPush webPush;

    private VapidKey(String publicKey, WebPush webPush) {
        this.publicKey = publicKey;
        this.webPush = webPush;
    }

    /**
     * Takes a pair as the usual generators write it.
     *
     * @param publicKey an uncompressed point of P-256 in base64url
     * @param privateKey 32 bytes in base64url
     */
    static VapidKey of(String file, String publicKey, String privateKey, String contact) {
        try {
            var known = publicKey.strip().replace("=", "");
            var keys = VapidKeys.fromUncompressedBytes(known, privateKey.strip().replace("=", ""));
            if (!belongTogether(keys)) {
                throw new IllegalArgumentException();
            }
            return new VapidKey(known, new WebPush(contact, keys));
        } catch (GeneralSecurityException | RuntimeException _) {
            // The cause might quote the file.
            throw new SecretException(
                    file + ": no pair of keys (expected: publicKey and privateKey of P-256 in base64url)");
        }
    }

    String publicKey() {
        return publicKey;
    }

    WebPush webPush() {
        return webPush;
    }

    private static boolean belongTogether(VapidKeys keys) throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(keys.getPrivateKey());
        signing.update(SAMPLE);
        var verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(keys.getPublicKey());
        verifying.update(SAMPLE);
        return verifying.verify(signing.sign());
    }

    @Override
    public String toString() {
        return "VapidKey[***]";
    }
}
