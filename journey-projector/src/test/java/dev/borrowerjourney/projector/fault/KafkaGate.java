package dev.borrowerjourney.projector.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a broker that advertises this gate. It can hold requests of one kind, or let them pass and swallow their
 * answers: all of that kind until the catch is released, because clients ask again.
 */
final class KafkaGate extends Gate {

    private enum Deed {
        HOLD,
        HOLD_ANSWER,
        SWALLOW_ANSWER
    }

    private record Trap(ApiKeys api, String client, Deed deed, Catch prey) {

        boolean takes(byte[] request) {
            return !prey.over()
                    && ByteBuffer.wrap(request).getShort() == api.id
                    && clientOf(request).startsWith(client);
        }

        private static String clientOf(byte[] request) {
            int length = ByteBuffer.wrap(request).getShort(8);
            return length < 0 ? "" : new String(request, 10, length, UTF_8);
        }
    }

    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

    KafkaGate(int broker) {
        super(broker);
    }

    /** Holds requests before the broker has them. */
    Catch hold(ApiKeys api, String clientPrefix) {
        return arm(api, clientPrefix, Deed.HOLD);
    }

    /** Catches a request once the broker has answered it; the answer never arrives. */
    Catch swallowAnswer(ApiKeys api, String clientPrefix) {
        return arm(api, clientPrefix, Deed.SWALLOW_ANSWER);
    }

    /** Holds the answer to a request, and with it all later answers on the same connection. */
    Catch holdAnswer(ApiKeys api, String clientPrefix) {
        return arm(api, clientPrefix, Deed.HOLD_ANSWER);
    }

    private Catch arm(ApiKeys api, String clientPrefix, Deed deed) {
        var prey = new Catch();
        trap.set(new Trap(api, clientPrefix, deed, prey));
        return prey;
    }

    @Override
    void talk(Way way) {
        Set<Integer> unanswered = ConcurrentHashMap.newKeySet();
        run(way, () -> requests(way.client().getInputStream(), way.server().getOutputStream(), unanswered));
        run(way, () -> answers(way.server().getInputStream(), way.client().getOutputStream(), unanswered));
    }

    private void requests(InputStream from, OutputStream to, Set<Integer> unanswered) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from));
        while (true) {
            var request = frame(in);
            if (!passes(request)) {
                return;
            }
            // What was held may have been released into another trap.
            var set = trap.get();
            if (set != null && set.deed() != Deed.HOLD && set.takes(request)) {
                unanswered.add(ByteBuffer.wrap(request).getInt(4));
            }
            write(to, request);
        }
    }

    private boolean passes(byte[] request) {
        var set = trap.get();
        return set == null
                || set.deed() != Deed.HOLD
                || !set.takes(request)
                || set.prey().hold();
    }

    private void answers(InputStream from, OutputStream to, Set<Integer> unanswered) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from));
        while (true) {
            var answer = frame(in);
            var set = trap.get();
            if (set == null || !unanswered.remove(ByteBuffer.wrap(answer).getInt())) {
                write(to, answer);
            } else if (set.deed() == Deed.SWALLOW_ANSWER) {
                set.prey().caught();
            } else if (set.prey().hold()) {
                write(to, answer);
            } else {
                return;
            }
        }
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        var frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    private static void write(OutputStream to, byte[] frame) throws IOException {
        to.write(ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array());
    }
}
