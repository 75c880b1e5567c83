package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.relay.Patience.Late;
import dev.borrowerjourney.session.session.LiveSession;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A usual call on its way to the platform and back. All of it happens on the event loop of the app's connection. */
final class HttpStraightCall {

    private static final byte[] NOTHING = {};

    private final HttpUsualCall request;
    private final LiveSession session;
    private final Ticket ticket;
    private final Ends ends;
    private @Nullable HttpResponse head;
    private byte[] body = NOTHING;
    private int length;
    private boolean over;

    HttpStraightCall(HttpUsualCall request, LiveSession session, Ticket ticket, Ends ends) {
        this.request = request;
        this.session = session;
        this.ticket = ticket;
        this.ends = ends;
    }

    /** What becomes of a call; one of them, once. */
    interface Ends {

        /** The answer is whole. */
        void answered(HttpStraightCall call, HttpResponse head, byte[] body);

        /**
         * The whole route is to go on.
         *
         * @param failure of the sending; null if its answer is one that the straight route cannot deal with
         */
        void handedOver(HttpStraightCall call, @Nullable Throwable failure);

        /** The platform takes its time. */
        void waited();
    }

    HttpUsualCall request() {
        return request;
    }

    LiveSession session() {
        return session;
    }

    Ticket ticket() {
        return ticket;
    }

    /** Whether the answer is not wanted any more, or has been given up. */
    boolean isOver() {
        return over;
    }

    boolean hasBegun() {
        return head != null;
    }

    void begins(HttpResponse answer) {
        head = answer;
    }

    /** Returns whether so much is usual. */
    boolean plus(ByteBuf part, int most) {
        int more = part.readableBytes();
        if (more > most - length) {
            return false;
        }
        if (more > body.length - length) {
            // Most answers come as one part, and so are copied once.
            body = Arrays.copyOf(body, Math.max(length + more, Math.min(most, 2 * length)));
        }
        part.readBytes(body, length, more);
        length += more;
        return true;
    }

    void whole() {
        if (!over && head != null) {
            over = true;
            ends.answered(this, head, length == body.length ? body : Arrays.copyOf(body, length));
        }
    }

    void unusual() {
        handOver(null);
    }

    void failed(Throwable failure) {
        handOver(failure);
    }

    void late(Fault fault) {
        handOver(new Late(fault));
    }

    void waits() {
        ends.waited();
    }

    /** The app has gone. */
    void abandon() {
        over = true;
        ticket.close();
    }

    private void handOver(@Nullable Throwable failure) {
        if (!over) {
            over = true;
            ends.handedOver(this, failure);
        }
    }
}
