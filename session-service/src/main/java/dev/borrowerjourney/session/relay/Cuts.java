package dev.borrowerjourney.session.relay;

import java.util.Arrays;

/** The stretches of a JSON text that are to be left out, so that what remains is JSON again. */
final class Cuts {

    /** Each with its begin in the upper half and its end in the lower one, so that numbers sort as stretches do. */
    private long[] stretches = new long[8];

    private int size;

    int size() {
        return size;
    }

    /** Forgets those that were made since there were so many. */
    void backTo(int earlierSize) {
        size = earlierSize;
    }

    /** The text without them; the very same array if there are none. */
    byte[] outOf(byte[] text) {
        if (size == 0) {
            return text;
        }
        Arrays.sort(stretches, 0, size);
        var left = new byte[text.length - length()];
        int at = 0;
        int from = 0;
        for (int i = 0; i < size; i++) {
            int count = begin(i) - from;
            System.arraycopy(text, from, left, at, count);
            at += count;
            from = end(i);
        }
        System.arraycopy(text, from, left, at, text.length - from);
        return left;
    }

    private int length() {
        int length = 0;
        for (int i = 0; i < size; i++) {
            length += end(i) - begin(i);
        }
        return length;
    }

    private int begin(int place) {
        return (int) (stretches[place] >>> 32);
    }

    private int end(int place) {
        return (int) stretches[place];
    }

    private void cut(int begin, int end) {
        if (size == stretches.length) {
            stretches = Arrays.copyOf(stretches, 2 * size);
        }
        stretches[size++] = (long) begin << 32 | end;
    }

    /**
     * The members of one object, or the items of one array, as they come. With one that is left out goes the comma before it;
     * as long as none is kept, the one behind it.
     */
    static final class Siblings {

        private static final int NONE = -1;

        private final Cuts cuts;
        private int firstDropped = NONE;
        private int lastEnd = NONE;

        Siblings(Cuts cuts) {
            this.cuts = cuts;
        }

        void kept(int begin, int end) {
            closed(begin);
            lastEnd = end;
        }

        void dropped(int begin, int end) {
            if (lastEnd != NONE) {
                cuts.cut(lastEnd, end);
                lastEnd = end;
            } else if (firstDropped == NONE) {
                firstDropped = begin;
            }
        }

        /** None comes any more before this place. */
        void closed(int end) {
            if (firstDropped != NONE) {
                cuts.cut(firstDropped, end);
                firstDropped = NONE;
            }
        }
    }
}
