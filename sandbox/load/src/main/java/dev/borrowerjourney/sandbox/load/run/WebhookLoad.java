package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A run of deliveries against one receiver, each to be acknowledged with 202. */
public final class WebhookLoad extends Load {

    private static final int ACKNOWLEDGED = 202;

    private final SnapshotRequests requests;
    private final Tally tally;

    private WebhookLoad(
            InetSocketAddress receiver,
            SnapshotRequests requests,
            DeliverySource source,
            Pace pace,
            LoadSettings settings,
            Tally tally)
            throws IOException {
        super(receiver, requests.copy(), source, pace, settings, tally);
        this.requests = requests;
        this.tally = tally;
    }

    public static WebhookLoad start(
            InetSocketAddress receiver,
            SnapshotRequests requests,
            DeliverySource source,
            Pace pace,
            LoadSettings settings)
            throws IOException {
        return new WebhookLoad(receiver, requests, source, pace, settings, new Tally(ACKNOWLEDGED));
    }

    /** The event ids of all acknowledged deliveries, once the run has ended. */
    public Ids acknowledged() {
        if (!ended()) {
            throw new IllegalStateException(
                    "acknowledged ids: asked for while the run goes on (expected: after its end)");
        }
        var ids = new Ids();
        tally.acknowledged().stream().forEach(number -> ids.add(requests.eventId(number)));
        return ids;
    }
}
