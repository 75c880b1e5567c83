package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.Receipt.Postponed;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.delivery.Receipt.Refused;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes bodies in: one that will be read is held, one that will not is only measured. Both must arrive in time. */
final class Bodies {

    /** Ends the arrival of a body with the answer that its delivery gets. */
    static final class Stopped extends RuntimeException {

        private final transient Receipt receipt;

        private Stopped(Receipt receipt) {
            super(receipt.toString(), null, false, false);
            this.receipt = receipt;
        }

        Receipt receipt() {
            return receipt;
        }
    }

    private final int largest;
    private final Duration patience;
    private final Deadlines deadlines;

    Bodies(IngestProperties.Webhook settings, Deadlines deadlines) {
        this.deadlines = deadlines;
        this.largest = Math.toIntExact(settings.largestBody().toBytes());
        this.patience = settings.bodyTimeout();
    }

    boolean tooLarge(long declared) {
        return declared > largest;
    }

    /** Takes room as the bytes arrive and not as they are announced: announcing costs a sender nothing. */
    Mono<byte[]> held(Flux<DataBuffer> arriving, InFlight.Share share) {
        return whole(arriving.reduceWith(() -> new Held(share), Held::add)).map(Held::exactly);
    }

    /** Completes once the body has ended. */
    Mono<Void> measured(Flux<DataBuffer> arriving) {
        return whole(arriving.reduce(0, this::measure)).then();
    }

    private <T> Mono<T> whole(Mono<T> body) {
        return body.timeout(deadlines.after(patience))
                .onErrorMap(TimeoutException.class, _ -> new Stopped(Refused.of(Refusal.BODY_TOO_SLOW)));
    }

    private int measure(int before, DataBuffer buffer) {
        try {
            return within(before + buffer.readableByteCount());
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private int within(int size) {
        if (size > largest) {
            throw new Stopped(Refused.of(Refusal.BODY_TOO_LARGE));
        }
        return size;
    }

    /** Copies at once, because Netty's buffers are larger than what arrives in them. */
    private final class Held {

        private final InFlight.Share share;
        private byte[] bytes = {};
        private int size;

        Held(InFlight.Share share) {
            this.share = share;
        }

        Held add(DataBuffer buffer) {
            try {
                int count = buffer.readableByteCount();
                makeRoom(within(size + count));
                buffer.read(bytes, size, count);
                size += count;
                return this;
            } finally {
                DataBufferUtils.release(buffer);
            }
        }

        /** Most bodies arrive at once and fit; for the others doubling keeps the copying in bounds. */
        private void makeRoom(int needed) {
            if (needed > bytes.length) {
                int room = size == 0 ? needed : Math.min(largest, Math.max(needed, 2 * bytes.length));
                if (!share.hold(room - bytes.length)) {
                    throw new Stopped(new Postponed(Postponement.TOO_BUSY));
                }
                bytes = Arrays.copyOf(bytes, room);
            }
        }

        byte[] exactly() {
            return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        }
    }
}
