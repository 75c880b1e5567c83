package dev.borrowerjourney.notifier.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.borrowerjourney.notifier.testing.PushSecrets;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The browser's half of RFC 8291, written from its text; it shares no code with the sending half. */
final class WebPushReceiver {

    private static final int SALT_BYTES = 16;
    private static final int POINT_BYTES = 65;
    private static final byte LAST_RECORD = 2;

    private final PrivateKey key;
    private final byte[] point;
    private final byte[] auth;

    private WebPushReceiver(PrivateKey key, byte[] point, byte[] auth) {
        this.key = key;
        this.point = point;
        this.auth = auth;
    }

    static WebPushReceiver of(KeyPair keys, byte[] auth) {
        return new WebPushReceiver(keys.getPrivate(), PushSecrets.point((ECPublicKey) keys.getPublic()), auth);
    }

    static WebPushReceiver of(String privateKey, String publicKey, String auth) throws GeneralSecurityException {
        var decoder = Base64.getUrlDecoder();
        var key = KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, decoder.decode(privateKey)), p256()));
        return new WebPushReceiver(key, decoder.decode(publicKey), decoder.decode(auth));
    }

    byte[] decrypt(byte[] body) throws GeneralSecurityException {
        var message = ByteBuffer.wrap(body);
        var salt = take(message, SALT_BYTES);
        var recordSize = message.getInt();
        var senderPoint = take(message, message.get());
        var ciphertext = take(message, message.remaining());
        if (senderPoint.length != POINT_BYTES || ciphertext.length > recordSize) {
            throw new GeneralSecurityException("no single record of RFC 8188");
        }
        var secret = keyMaterial(senderPoint);
        var pseudorandom = hmac(salt, secret);
        var contentKey = Arrays.copyOf(expand(pseudorandom, ascii("Content-Encoding: aes128gcm\0")), 16);
        var nonce = Arrays.copyOf(expand(pseudorandom, ascii("Content-Encoding: nonce\0")), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, nonce));
        return withoutPadding(cipher.doFinal(ciphertext));
    }

    private byte[] keyMaterial(byte[] senderPoint) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(publicKey(senderPoint), true);
        var info = new ByteArrayOutputStream();
        info.writeBytes(ascii("WebPush: info\0"));
        info.writeBytes(point);
        info.writeBytes(senderPoint);
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

    private static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                                new BigInteger(1, Arrays.copyOfRange(point, 33, POINT_BYTES))),
                        p256()));
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] take(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
