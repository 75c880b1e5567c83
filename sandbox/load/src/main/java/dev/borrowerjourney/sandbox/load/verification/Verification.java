package dev.borrowerjourney.sandbox.load.verification;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a comparison found.
 *
 * @param acknowledged how many distinct ids were acknowledged
 * @param records how many records were read
 * @param lost acknowledged ids that no record carries: the one number that must be 0
 * @param repeated ids that more than one record carries, with the number of records; expected where deliveries repeat
 * @param unacknowledged ids of records that were never acknowledged; expected where an answer was lost
 */
public record Verification(
        int acknowledged, int records, Set<String> lost, Map<String, Integer> repeated, Set<String> unacknowledged) {

    /** Compares acknowledged ids with how many records carry each id. */
    public static Verification of(Set<String> acknowledged, Map<String, Integer> recordsById) {
        var lost = new TreeSet<>(acknowledged);
        lost.removeAll(recordsById.keySet());
        var repeated = new TreeMap<>(recordsById);
        repeated.values().removeIf(count -> count == 1);
        var unacknowledged = new TreeSet<>(recordsById.keySet());
        unacknowledged.removeAll(acknowledged);
        var records = recordsById.values().stream().mapToInt(Integer::intValue).sum();
        return new Verification(acknowledged.size(), records, lost, repeated, unacknowledged);
    }

    /** Whether every acknowledged id was found. An empty comparison proves nothing and is not complete. */
    public boolean complete() {
        return acknowledged > 0 && lost.isEmpty();
    }
}
