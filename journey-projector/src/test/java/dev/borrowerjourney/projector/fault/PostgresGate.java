package dev.borrowerjourney.projector.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way to PostgreSQL that can lose a COMMIT or its answer together with the connection, or hold a statement. Clients have
 * to send statements as text each time, with {@code prepareThreshold=0} in their URL.
 */
final class PostgresGate extends Gate {

    private static final int PROTOCOL_3 = 3 << 16;
    private static final int PROTOCOL_MAJOR = 0xffff0000;
    private static final int SPECIAL_MAJOR = 1234 << 16;
    private static final byte[] READY_FOR_QUERY = {'Z', 0, 0, 0, 5, 'I'};

    private enum Deed {
        LOSE_COMMIT,
        LOSE_ANSWER_OF_COMMIT,
        HOLD_STATEMENT
    }

    private record Trap(String statement, Deed deed, Catch prey) {}

    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

    PostgresGate(int server) {
        super(server);
    }

    /** Cuts the connection of the next transaction with this statement before the server hears of the COMMIT. */
    Catch loseCommit(String statement) {
        return arm(statement, Deed.LOSE_COMMIT);
    }

    /** Cuts the connection of the next transaction with this statement once the server has committed. */
    Catch loseAnswerOfCommit(String statement) {
        return arm(statement, Deed.LOSE_ANSWER_OF_COMMIT);
    }

    /** Holds the next statement that contains this text. */
    Catch hold(String statement) {
        return arm(statement, Deed.HOLD_STATEMENT);
    }

    private Catch arm(String statement, Deed deed) {
        var prey = new Catch();
        trap.set(new Trap(statement, deed, prey));
        return prey;
    }

    @Override
    void talk(Way way) {
        var answerLost = new AtomicReference<@Nullable Trap>();
        run(way, () -> requests(way.client().getInputStream(), way.server().getOutputStream(), answerLost));
        run(way, () -> answers(way.server().getInputStream(), way.client().getOutputStream(), answerLost));
    }

    private void requests(InputStream from, OutputStream to, AtomicReference<@Nullable Trap> answerLost)
            throws IOException {
        var in = new DataInputStream(new BufferedInputStream(from));
        greet(in, to);
        var inTransaction = new AtomicBoolean();
        while (true) {
            byte type = in.readByte();
            var body = body(in);
            if ((type == 'P' || type == 'Q') && !passes(statement(type, body), inTransaction, answerLost)) {
                return;
            }
            to.write(ByteBuffer.allocate(5 + body.length)
                    .put(type)
                    .putInt(4 + body.length)
                    .put(body)
                    .array());
        }
    }

    /** What comes before the first message with a type: questions for encryption, and the start itself. */
    private static void greet(DataInputStream in, OutputStream to) throws IOException {
        int code;
        do {
            var body = body(in);
            code = ByteBuffer.wrap(body).getInt();
            to.write(ByteBuffer.allocate(4 + body.length)
                    .putInt(4 + body.length)
                    .put(body)
                    .array());
        } while ((code & PROTOCOL_MAJOR) == SPECIAL_MAJOR);
        if ((code & PROTOCOL_MAJOR) != PROTOCOL_3) {
            throw new IOException("protocol " + code);
        }
    }

    private boolean passes(String statement, AtomicBoolean marked, AtomicReference<@Nullable Trap> answerLost) {
        var set = trap.get();
        if (set == null) {
            return true;
        }
        if (statement.contains(set.statement())) {
            marked.set(true);
            return set.deed() != Deed.HOLD_STATEMENT
                    || !trap.compareAndSet(set, null)
                    || set.prey().hold();
        }
        if (!statement.equals("COMMIT") || !marked.get() || !trap.compareAndSet(set, null)) {
            return true;
        }
        if (set.deed() == Deed.LOSE_COMMIT) {
            set.prey().caught();
            return false;
        }
        answerLost.set(set);
        return true;
    }

    private static void answers(InputStream from, OutputStream to, AtomicReference<@Nullable Trap> answerLost)
            throws IOException {
        var lost = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            var set = answerLost.get();
            if (set == null) {
                to.write(buffer, 0, read);
                continue;
            }
            lost.write(buffer, 0, read);
            if (isReady(lost.toByteArray())) {
                set.prey().caught();
                return;
            }
        }
    }

    private static boolean isReady(byte[] answer) {
        int begin = answer.length - READY_FOR_QUERY.length;
        return begin >= 0 && Arrays.equals(answer, begin, answer.length, READY_FOR_QUERY, 0, READY_FOR_QUERY.length);
    }

    private static String statement(byte type, byte[] body) {
        int begin = type == 'P' ? end(body, 0) + 1 : 0;
        return new String(body, begin, end(body, begin) - begin, UTF_8);
    }

    private static int end(byte[] body, int begin) {
        int end = begin;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }

    private static byte[] body(DataInputStream in) throws IOException {
        var body = new byte[in.readInt() - 4];
        in.readFully(body);
        return body;
    }
}
