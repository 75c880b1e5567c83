package dev.borrowerjourney.session.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what was written during one turn of an event loop when all that had arrived is dealt with. Each sending wakes who
 * reads, so that one amid the work is often followed by a change of process; many in a row make few.
 */
final class HttpFlushes {

    private static final FastThreadLocal<HttpFlushes> OF_THIS_LOOP = new FastThreadLocal<>() {
        @Override
        protected HttpFlushes initialValue() {
            return new HttpFlushes();
        }
    };

    private List<ChannelHandlerContext> written = new ArrayList<>();
    private List<ChannelHandlerContext> sending = new ArrayList<>();

    private HttpFlushes() {}

    /** On the event loop of a connection to which something was written. */
    static void soon(ChannelHandlerContext connection) {
        OF_THIS_LOOP.get().add(connection);
    }

    private void add(ChannelHandlerContext connection) {
        if (written.isEmpty()) {
            connection.executor().execute(this::send);
        }
        written.add(connection);
    }

    /** What is written because something was sent goes out in the next round. */
    private void send() {
        var now = written;
        written = sending;
        sending = now;
        try {
            now.forEach(ChannelHandlerContext::flush);
        } finally {
            now.clear();
        }
    }
}
