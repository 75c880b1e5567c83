package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request taken apart again, with a signature of its own making. */
record WrittenRequest(Map<String, String> headers, String body) {

    static WrittenRequest of(SnapshotRequests requests, Delivery delivery) {
        var buffer = ByteBuffer.allocate(16 * 1024);
        requests.write(delivery, buffer);
        var text = new String(buffer.array(), 0, buffer.position(), UTF_8);
        int head = text.indexOf("\r\n\r\n");
        var headers = new TreeMap<String, String>();
        text.substring(0, head)
                .lines()
                .skip(1)
                .forEach(line ->
                        headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
        return new WrittenRequest(headers, text.substring(head + 4));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean signedWith(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            var signed = header("X-AL-Webhook-Timestamp") + "." + body;
            return HexFormat.of()
                    .formatHex(mac.doFinal(signed.getBytes(UTF_8)))
                    .equals(header("X-AL-Webhook-Signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
