package dev.borrowerjourney.sandbox.load.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;

/**
 * Ids, each with how often it was added. They are kept as they are and not as hashes, about 45 bytes for one of 28
 * characters: the verifier must be exact and must hold millions beside the generator. Not thread-safe.
 */
public final class Ids {

    private static final int EMPTY = -1;

    private byte[] text = new byte[1 << 12];
    private int[] ends = new int[1 << 7];
    private int[] counts = new int[1 << 7];
    private int[] slots = slots(1 << 8);
    private int distinct;
    private long total;

    /** Takes an id. */
    public interface Visitor {
        void visit(String id, int count);
    }

    public static Ids of(Collection<String> ids) {
        var all = new Ids();
        ids.forEach(id -> all.add(id.getBytes(UTF_8)));
        return all;
    }

    public void add(byte[] id) {
        int slot = slot(id);
        if (slots[slot] == EMPTY) {
            slots[slot] = append(id);
        }
        counts[slots[slot]]++;
        total++;
        if (distinct > slots.length / 2) {
            spread();
        }
    }

    /** How often the id was added. */
    public int count(byte[] id) {
        int index = slots[slot(id)];
        return index == EMPTY ? 0 : counts[index];
    }

    public int distinct() {
        return distinct;
    }

    /** How often anything was added. */
    public long total() {
        return total;
    }

    /** Visits those ids that the other has not. */
    public void forEachMissingIn(Ids other, Visitor visitor) {
        for (int index = 0; index < distinct; index++) {
            var id = Arrays.copyOfRange(text, start(index), ends[index]);
            if (other.count(id) == 0) {
                visitor.visit(new String(id, UTF_8), counts[index]);
            }
        }
    }

    /** Visits those ids that were added more than once. */
    public void forEachRepeated(Visitor visitor) {
        for (int index = 0; index < distinct; index++) {
            if (counts[index] > 1) {
                visitor.visit(new String(text, start(index), ends[index] - start(index), UTF_8), counts[index]);
            }
        }
    }

    private int append(byte[] id) {
        int index = distinct++;
        int start = start(index);
        int end = Math.addExact(start, id.length);
        if (index == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
            counts = Arrays.copyOf(counts, ends.length);
        }
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, (int) Math.min(2L * text.length, Integer.MAX_VALUE - 8)));
        }
        System.arraycopy(id, 0, text, start, id.length);
        ends[index] = end;
        return index;
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private int slot(byte[] id) {
        int slot = place(id);
        while (slots[slot] != EMPTY && !same(slots[slot], id)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean same(int index, byte[] id) {
        return Arrays.equals(text, start(index), ends[index], id, 0, id.length);
    }

    private void spread() {
        slots = slots(2 * slots.length);
        for (int index = 0; index < distinct; index++) {
            slots[slot(Arrays.copyOfRange(text, start(index), ends[index]))] = index;
        }
    }

    private int place(byte[] id) {
        int hash = Arrays.hashCode(id) * 0x9e3779b9;
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    private static int[] slots(int size) {
        var slots = new int[size];
        Arrays.fill(slots, EMPTY);
        return slots;
    }
}
