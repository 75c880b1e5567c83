package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Writes deliveries out as HTTP requests. Every fourth is of the first generation, the others of the second, so that
 * bodies are about 2 KB on average; borrowers come in a random order. Not thread-safe: each thread has its own, made by
 * {@link #copy}.
 */
public final class SnapshotRequests implements RequestWriter {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] CUSTOMER = "CUST_".getBytes(US_ASCII);
    private static final long FIRST_SEQUENCE = 1_800_000_000_000L;

    private final Sender sender;
    private final String host;
    private final long seed;
    private final int borrowers;
    private final SnapshotTemplates templates;
    private final byte[] run = new byte[8];
    private byte[] time = new byte[0];
    private long timeMillis = Long.MIN_VALUE;

    /**
     * What is written for a sender.
     *
     * @param host as in the request's {@code Host} header
     * @param seed other seeds give other ids and other borrowers
     */
    public SnapshotRequests(Sender sender, String host, long seed, int borrowers) {
        if (borrowers < 1) {
            throw new IllegalArgumentException("borrowers: " + borrowers + " (expected: at least 1)");
        }
        this.sender = sender;
        this.host = host;
        this.seed = seed;
        this.borrowers = borrowers;
        this.templates = SnapshotTemplates.of(sender, host);
        Ascii.hex(run, 0, run.length, Mix.of(seed));
    }

    /** For another thread. */
    public SnapshotRequests copy() {
        return new SnapshotRequests(sender, host, seed, borrowers);
    }

    @Override
    public void write(Delivery delivery, ByteBuffer into) {
        var request = filled(delivery.number(), delivery.signedAtMillis());
        int at = request.signatureAt();
        for (int i = 0; i < Delivery.SIGNATURE_BYTES; i++) {
            Ascii.hex(request.bytes(), at + 2 * i, 2, delivery.signature(i));
        }
        int start = into.position();
        into.put(request.bytes());
        if (delivery.flipped()) {
            int bit = Math.floorMod(delivery.flippedBit(), 8 * request.bodyLength());
            int where = start + request.bodyAt() + bit / 8;
            into.put(where, (byte) (into.get(where) ^ 1 << bit % 8));
        }
    }

    /** The body alone. */
    public byte[] body(long number, Instant madeAt) {
        var request = filled(number, madeAt.toEpochMilli());
        return Arrays.copyOfRange(request.bytes(), request.bodyAt(), request.bytes().length);
    }

    /** The event id of a delivery, as its record's {@code ce_id} must tell it. */
    public byte[] eventId(long number) {
        var id = new byte[Slot.EVENT_ID.width];
        eventId(id, 0, number);
        return id;
    }

    void sign(long number, long atMillis, Signer signer, byte[] into, int offset) {
        signer.sign(filled(number, atMillis), into, offset);
    }

    private RequestTemplate filled(long number, long atMillis) {
        long random = Mix.of(seed ^ Mix.of(number));
        var request = template(number, random);
        int borrower = (int) Long.remainderUnsigned(random, borrowers);
        long ofBorrower = Mix.of(seed + borrower);
        for (var place : request.places()) {
            fill(request.bytes(), place, number, atMillis, borrower, ofBorrower);
        }
        return request;
    }

    private RequestTemplate template(long number, long random) {
        var choice = number % 4 == 0 ? templates.core() : templates.details();
        return choice.get((int) ((random >>> 40) % choice.size()));
    }

    private void fill(
            byte[] bytes, RequestTemplate.Place place, long number, long atMillis, int borrower, long ofBorrower) {
        int at = place.at();
        switch (place.slot()) {
            case EVENT_ID -> eventId(bytes, at, number);
            case BORROWER -> borrower(bytes, at, borrower);
            case UUID -> Ascii.uuid(bytes, at, Mix.of(ofBorrower + place.index()));
            case SEQUENCE -> Ascii.decimal(bytes, at, Slot.SEQUENCE.width, FIRST_SEQUENCE + number);
            case TIME -> Ascii.text(bytes, at, time(atMillis));
            case SIGNED_AT -> Ascii.decimal(bytes, at, Slot.SIGNED_AT.width, Math.floorDiv(atMillis, 1_000));
            case SIGNATURE -> {
                // Filled in once it is known.
            }
            case DIGITS -> Ascii.decimal(bytes, at, Slot.DIGITS.width, 100_000 + (ofBorrower >>> 1) % 900_000);
        }
    }

    private void eventId(byte[] bytes, int at, long number) {
        bytes[at] = 'e';
        bytes[at + 1] = 'v';
        bytes[at + 2] = 't';
        bytes[at + 3] = '_';
        Ascii.text(bytes, at + 4, run);
        Ascii.hex(bytes, at + 12, 16, number);
    }

    private static void borrower(byte[] bytes, int at, int borrower) {
        Ascii.text(bytes, at, CUSTOMER);
        Ascii.decimal(bytes, at + CUSTOMER.length, Slot.BORROWER.width - CUSTOMER.length, borrower);
    }

    private byte[] time(long millis) {
        if (millis != timeMillis) {
            time = ISO.format(Instant.ofEpochMilli(millis)).getBytes(US_ASCII);
            timeMillis = millis;
        }
        return time;
    }
}
