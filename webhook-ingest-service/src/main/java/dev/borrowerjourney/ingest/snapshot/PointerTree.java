package dev.borrowerjourney.ingest.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers as a tree, so that one pass over the body finds them all. They lead through objects only. */
final class PointerTree {

    /** No pointer ends here. */
    static final int NOWHERE = -1;

    private final Map<String, PointerTree> below = new HashMap<>();
    private int end = NOWHERE;

    static PointerTree of(List<String> pointers) {
        if (pointers.isEmpty()) {
            throw new IllegalArgumentException("borrower pointers: [] (expected: at least one)");
        }
        var root = new PointerTree();
        for (int i = 0; i < pointers.size(); i++) {
            root.add(pointers.get(i), i);
        }
        return root;
    }

    @Nullable
    PointerTree below(String name) {
        return below.get(name);
    }

    /** Which of the pointers ends here, by its place in the list. */
    int end() {
        return end;
    }

    private void add(String pointer, int index) {
        if (!pointer.startsWith("/") || pointer.length() == 1) {
            throw new IllegalArgumentException(
                    "borrower pointer: " + pointer + " (expected: a JSON pointer, for example /borrower/id)");
        }
        var tree = this;
        for (var segment : pointer.substring(1).split("/", -1)) {
            var name = segment.replace("~1", "/").replace("~0", "~");
            tree = tree.below.computeIfAbsent(name, _ -> new PointerTree());
        }
        if (tree.end != NOWHERE) {
            throw new IllegalArgumentException("borrower pointer: " + pointer + " twice (expected: once)");
        }
        tree.end = index;
    }
}
