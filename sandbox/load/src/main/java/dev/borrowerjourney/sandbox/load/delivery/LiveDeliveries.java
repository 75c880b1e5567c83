package dev.borrowerjourney.sandbox.load.delivery;

import java.time.Instant;
import java.time.InstantSource;

/** Deliveries signed as they are asked for, without end. A clock that is behind makes deliveries that were signed long ago. */
public final class LiveDeliveries implements DeliverySource {

    private final SnapshotRequests requests;
    private final Secrets secrets;
    private final InstantSource clock;
    private long next;
    private String secret;
    private Signer signer;

    public LiveDeliveries(SnapshotRequests requests, Secrets secrets, InstantSource clock, long first) {
        this.requests = requests.copy();
        this.secrets = secrets;
        this.clock = clock;
        this.next = first;
        this.secret = secrets.at(clock.instant());
        this.signer = new Signer(secret);
    }

    @Override
    public Delivery next() {
        var now = clock.instant();
        choose(now);
        var signature = new byte[Delivery.SIGNATURE_BYTES];
        long number = next++;
        requests.sign(number, now.toEpochMilli(), signer, signature, 0);
        return new Delivery(number, now.toEpochMilli(), signature, 0);
    }

    private void choose(Instant now) {
        var present = secrets.at(now);
        if (!present.equals(secret)) {
            secret = present;
            signer = new Signer(present);
        }
    }
}
