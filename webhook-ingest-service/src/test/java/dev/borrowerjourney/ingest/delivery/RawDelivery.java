package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request of the platform, byte by byte, and authentic until it is spoilt. */
final class RawDelivery {

    private String line = "POST /webhooks/journey-snapshots HTTP/1.1";
    private final List<String> headers = new ArrayList<>();
    private final byte[] body;

    private RawDelivery(byte[] body) {
        this.body = body;
        headers.add("Host: ingest");
        headers.add("Content-Type: application/json");
        headers.add("Content-Length: " + body.length);
        headers.add("X-AL-Event-ID: evt_1");
        headers.add("X-AL-Tenant-ID: " + TENANT);
        headers.add("X-AL-Application-ID: " + APPLICATION);
        headers.add("X-AL-Webhook-Timestamp: " + TIMESTAMP);
        headers.add("X-AL-Webhook-Signature: " + sign(CURRENT, TIMESTAMP, body));
    }

    static RawDelivery of(byte[] body) {
        return new RawDelivery(body);
    }

    static RawDelivery of(String body) {
        return of(body.getBytes(UTF_8));
    }

    RawDelivery line(String line) {
        this.line = line;
        return this;
    }

    /** Replaces the headers of this name, or adds one. */
    RawDelivery with(String name, String value) {
        return without(name).and(name + ": " + value);
    }

    RawDelivery without(String name) {
        headers.removeIf(header -> header.startsWith(name + ":"));
        return this;
    }

    RawDelivery and(String header) {
        headers.add(header);
        return this;
    }

    /** Sends the body in chunks of this size. */
    byte[] chunked(int size) {
        without("Content-Length").and("Transfer-Encoding: chunked");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(ISO_8859_1));
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            bytes.write(body, from, length);
            bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }

    String head() {
        return line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
