package dev.borrowerjourney.sandbox.demo.inbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys of one subscription, and the browser's half of RFC 8291. */
final class Browser {

    private static final int SALT_BYTES = 16;
    private static final int AUTH_BYTES = 16;
    private static final int COORDINATE_BYTES = 32;
    private static final int POINT_BYTES = 1 + 2 * COORDINATE_BYTES;
    private static final byte UNCOMPRESSED = 4;
    private static final byte LAST_RECORD = 2;

    private final KeyPair keys;
    private final byte[] point;
    private final byte[] auth = new byte[AUTH_BYTES];

    Browser() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        point = point((ECPublicKey) keys.getPublic());
        new SecureRandom().nextBytes(auth);
    }

    String p256dh() {
        return encoded(point);
    }

    String auth() {
        return encoded(auth);
    }

    byte[] decrypt(byte[] body) throws GeneralSecurityException {
        try {
            var message = ByteBuffer.wrap(body);
            var salt = take(message, SALT_BYTES);
            var recordSize = message.getInt();
            var sender = take(message, Byte.toUnsignedInt(message.get()));
            var ciphertext = take(message, message.remaining());
            if (sender.length != POINT_BYTES || ciphertext.length > recordSize) {
                throw new GeneralSecurityException("no single record of RFC 8188");
            }
            return decrypt(ciphertext, hmac(salt, keyMaterial(sender)));
        } catch (BufferUnderflowException e) {
            throw new GeneralSecurityException("no record of RFC 8188", e);
        }
    }

    private static byte[] decrypt(byte[] ciphertext, byte[] pseudorandom) throws GeneralSecurityException {
        var contentKey = Arrays.copyOf(expand(pseudorandom, ascii("Content-Encoding: aes128gcm\0")), 16);
        var nonce = Arrays.copyOf(expand(pseudorandom, ascii("Content-Encoding: nonce\0")), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, nonce));
        return withoutPadding(cipher.doFinal(ciphertext));
    }

    private byte[] keyMaterial(byte[] sender) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        var its = new ECPublicKeySpec(
                new ECPoint(
                        new BigInteger(1, Arrays.copyOfRange(sender, 1, 1 + COORDINATE_BYTES)),
                        new BigInteger(1, Arrays.copyOfRange(sender, 1 + COORDINATE_BYTES, POINT_BYTES))),
                ((ECPublicKey) keys.getPublic()).getParams());
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(its), true);
        var info = new ByteArrayOutputStream();
        info.writeBytes(ascii("WebPush: info\0"));
        info.writeBytes(point);
        info.writeBytes(sender);
        return expand(hmac(auth, agreement.generateSecret()), info.toByteArray());
    }

    private static byte[] withoutPadding(byte[] padded) throws GeneralSecurityException {
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != LAST_RECORD) {
            throw new GeneralSecurityException("no delimiter of a last record");
        }
        return Arrays.copyOf(padded, end);
    }

    /** The first block of HKDF's second step, which is all that is needed here. */
    private static byte[] expand(byte[] pseudorandom, byte[] info) throws GeneralSecurityException {
        var input = Arrays.copyOf(info, info.length + 1);
        input[info.length] = 1;
        return hmac(pseudorandom, input);
    }

    private static byte[] hmac(byte[] key, byte[] input) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static byte[] point(ECPublicKey key) {
        return ByteBuffer.allocate(POINT_BYTES)
                .put(UNCOMPRESSED)
                .put(coordinate(key.getW().getAffineX()))
                .put(coordinate(key.getW().getAffineY()))
                .array();
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return fixed;
    }

    private static byte[] take(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
