package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.RequestWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/** The one thread that sends and reads. */
final class SendLoop implements Runnable {

    private static final long MILLISECOND = 1_000_000;
    private static final long LOOK_AROUND = 50 * MILLISECOND;
    private static final long PAUSE = 100_000;
    private static final long RECONNECT_AFTER = 100 * MILLISECOND;
    private static final long RESEND_AFTER = 200 * MILLISECOND;
    private static final long USUAL_RETRY_AFTER = Duration.ofSeconds(1).toNanos();

    private record Reopening(Connection connection, long atNanos) {}

    private final RequestWriter requests;
    private final LoadSettings settings;
    private final Work work;
    private final Tally tally;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final PriorityQueue<Reopening> reopenings =
            new PriorityQueue<>(Comparator.comparingLong(Reopening::atNanos));
    private int inFlight;
    private long lookAroundAt = System.nanoTime();
    private volatile boolean stopping;
    private volatile long giveUpAt = Long.MAX_VALUE;

    SendLoop(InetSocketAddress address, RequestWriter requests, LoadSettings settings, Work work, Tally tally)
            throws IOException {
        this.requests = requests;
        this.settings = settings;
        this.work = work;
        this.tally = tally;
        this.selector = Selector.open();
        for (int i = 0; i < settings.connections(); i++) {
            connections.add(new Connection(address, selector));
        }
    }

    /** Begins nothing new, and gives up what is still unanswered after the patience. */
    void stop(Duration patience) {
        giveUpAt = System.nanoTime() + patience.toNanos();
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try (selector) {
            connections.forEach(this::open);
            while (!done()) {
                long now = System.nanoTime();
                work.look(now);
                lookAround(now);
                sendDue(now);
                await();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the generator failed", e);
        } finally {
            connections.forEach(this::giveUp);
        }
    }

    private boolean done() {
        if (stopping && !work.ended()) {
            work.end();
        }
        boolean nothingLeft = work.ended() && inFlight == 0 && work.waiting() == 0;
        return nothingLeft || (stopping && System.nanoTime() - giveUpAt > 0);
    }

    private void sendDue(long now) {
        while (!idle.isEmpty()) {
            var attempt = work.next(now);
            if (attempt == null) {
                return;
            }
            var connection = idle.pop();
            inFlight++;
            try {
                requests.write(attempt.delivery(), connection.request());
                connection.send(attempt, now);
            } catch (IOException e) {
                broken(connection, e);
            }
        }
    }

    private void await() throws IOException {
        long now = System.nanoTime();
        long gap = idle.isEmpty() ? lookAroundAt - now : Math.min(lookAroundAt - now, work.until(now));
        if (gap >= 2 * MILLISECOND) {
            // Whole milliseconds is all that a selector knows, so the rest of the way is gone in small steps.
            selector.select(this::ready, gap / MILLISECOND - 1);
        } else if (selector.selectNow(this::ready) == 0 && gap > 0) {
            LockSupport.parkNanos(Math.min(gap, PAUSE));
        }
    }

    private void ready(SelectionKey key) {
        var connection = (Connection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.finishConnect();
                idle.push(connection);
                return;
            }
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                var answer = connection.read();
                if (answer != null) {
                    answered(connection, answer);
                }
            }
        } catch (IOException e) {
            broken(connection, e);
        }
    }

    private void answered(Connection connection, AnswerReader answer) {
        long now = System.nanoTime();
        int status = answer.status();
        boolean last = answer.last();
        long retryAfter = answer.retryAfterSeconds() < 0
                ? USUAL_RETRY_AFTER
                : Duration.ofSeconds(answer.retryAfterSeconds()).toNanos();
        var attempt = connection.finish();
        inFlight--;
        if (attempt != null) {
            if (settings.retrying() && (status == 429 || status == 503)) {
                tally.repeated("answered with " + status);
                work.again(attempt.again(now + retryAfter));
            } else {
                tally.answered(attempt, status, now);
            }
        }
        if (last) {
            connection.close();
            open(connection);
        } else {
            idle.push(connection);
        }
    }

    private void open(Connection connection) {
        try {
            if (connection.open()) {
                idle.push(connection);
            }
        } catch (IOException e) {
            broken(connection, e);
        }
    }

    private void broken(Connection connection, IOException failure) {
        long now = System.nanoTime();
        idle.remove(connection);
        connection.close();
        var attempt = connection.finish();
        if (attempt != null) {
            inFlight--;
            var reason = String.valueOf(failure.getMessage());
            if (settings.retrying()) {
                tally.repeated(reason);
                work.again(attempt.again(now + RESEND_AFTER));
            } else {
                tally.unanswered(reason);
            }
        }
        reopenings.add(new Reopening(connection, now + RECONNECT_AFTER));
    }

    /** What need not be looked at each time: late answers and broken connections. */
    private void lookAround(long now) {
        if (now - lookAroundAt < 0) {
            return;
        }
        lookAroundAt = now + LOOK_AROUND;
        for (var connection : connections) {
            if (connection.late(now, settings.answerWithin().toNanos())) {
                broken(connection, new IOException("no answer within " + settings.answerWithin()));
            }
        }
        for (var next = reopenings.peek(); next != null && next.atNanos() - now <= 0; next = reopenings.peek()) {
            reopenings.remove();
            open(next.connection());
        }
    }

    private void giveUp(Connection connection) {
        connection.close();
        if (connection.finish() != null) {
            tally.unanswered("given up at the end");
        }
    }
}
