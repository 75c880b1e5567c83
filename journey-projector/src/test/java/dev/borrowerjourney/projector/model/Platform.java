package dev.borrowerjourney.projector.model;

import dev.borrowerjourney.projector.law.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The platform's side of one journey. True times are milliseconds after its start; only stamps leave the platform. */
final class Platform {

    private static final int NODES = 3;

    private final Trouble trouble;
    private final boolean tellsUpdatedAt;
    private final Random random;
    private final long[] skews = new long[NODES];
    private final long firstSequence;
    private final long restart;
    private final List<Change> changes = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();

    /**
     * A state that the journey really was in.
     *
     * @param index counts the states, so that a step back can be seen
     * @param updatedAt the stamp of the node that changed it
     */
    record Change(int index, long at, long updatedAt, Content content) {}

    /**
     * @param at when it was made
     * @param eventAt null where the webhook has no time at all
     * @param generatedAt null where it is missing
     */
    record Webhook(
            String eventId,
            Change state,
            long at,
            @Nullable Long sequence,
            @Nullable Long eventAt,
            @Nullable Long generatedAt) {}

    record Answer(Change state, @Nullable Long updatedAt, long timestamp) {}

    Platform(Trouble trouble, boolean tellsUpdatedAt, Random random) {
        this.trouble = trouble;
        this.tellsUpdatedAt = tellsUpdatedAt;
        this.random = random;
        for (int node = 0; node < NODES; node++) {
            skews[node] = Math.round((random.nextDouble() * 2 - 1) * trouble.skewMillis());
        }
        change();
        firstSequence = 1L + random.nextInt(5_000);
        restart = trouble.has(Trouble.Oddity.RESTARTS)
                ? 1L + random.nextInt((int) changes.getLast().at())
                : Long.MAX_VALUE;
        send();
    }

    static boolean over(Content content) {
        return content.canonical().startsWith("CLOSED");
    }

    /** Which state this is. */
    static int index(Content content) {
        var text = content.canonical();
        return Integer.parseInt(text.substring(text.indexOf('-') + 1));
    }

    List<Webhook> webhooks() {
        return webhooks;
    }

    Change last() {
        return changes.getLast();
    }

    /** What a replica answers, which is behind by any time up to the lag. */
    Answer read(long now) {
        var state = stateAt(now - Math.round(random.nextDouble() * trouble.lagMillis()));
        return new Answer(state, tellsUpdatedAt ? Long.valueOf(state.updatedAt()) : null, stamp(now));
    }

    /** The same event once more; the body is made anew from what holds now. */
    Webhook rebuilt(Webhook webhook, long now) {
        return new Webhook(
                webhook.eventId(),
                stateAt(now),
                now,
                webhook.sequence() == null || trouble.has(Trouble.Oddity.REUSES)
                        ? webhook.sequence()
                        : Long.valueOf(sequenceAt(now)),
                webhook.eventAt(),
                stamp(now));
    }

    private void change() {
        int states = 4 + random.nextInt(8);
        boolean reopens = random.nextInt(20) == 0;
        long at = 0;
        for (int index = 0; index < states; index++) {
            boolean over = index == states - 1 || (reopens && index == states - 3);
            changes.add(new Change(index, at, stamp(at), Content.of((over ? "CLOSED-" : "OPEN-") + index)));
            at += random.nextBoolean() ? 50 + random.nextInt(3_000) : 3_000 + random.nextInt(40_000);
        }
    }

    /** One webhook a change, and some that only repeat what holds. */
    private void send() {
        for (var change : changes) {
            send(change.at() + random.nextInt(300));
            if (random.nextInt(4) == 0) {
                send(change.at() + random.nextInt(10_000));
            }
        }
    }

    private void send(long at) {
        var state = stateAt(at);
        boolean unordered = random.nextInt(7) == 0;
        int form = random.nextInt(20);
        webhooks.add(new Webhook(
                "event-" + webhooks.size(),
                state,
                at,
                unordered ? null : Long.valueOf(sequenceAt(at)),
                form == 0 && trouble.has(Trouble.Oddity.TIMELESS) ? null : Long.valueOf(stamp(state.at())),
                form < 2 ? null : Long.valueOf(stamp(at))));
    }

    private long sequenceAt(long at) {
        return at < restart ? firstSequence + at : 1 + at - restart;
    }

    private Change stateAt(long at) {
        int index = changes.size() - 1;
        while (index > 0 && changes.get(index).at() > at) {
            index--;
        }
        return changes.get(index);
    }

    private long stamp(long at) {
        return at + skews[random.nextInt(NODES)];
    }
}
