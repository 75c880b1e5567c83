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
        int acknowledged, long records, Set<String> lost, Map<String, Integer> repeated, Set<String> unacknowledged) {

    /** Compares acknowledged ids with the ids of all records. */
    public static Verification of(Ids acknowledged, Ids records) {
        var lost = new TreeSet<String>();
        acknowledged.forEachMissingIn(records, (id, _) -> lost.add(id));
        var repeated = new TreeMap<String, Integer>();
        records.forEachRepeated(repeated::put);
        var unacknowledged = new TreeSet<String>();
        records.forEachMissingIn(acknowledged, (id, _) -> unacknowledged.add(id));
        return new Verification(acknowledged.distinct(), records.total(), lost, repeated, unacknowledged);
    }

    /** Whether every acknowledged id was found. An empty comparison proves nothing and is not complete. */
    public boolean complete() {
        return acknowledged > 0 && lost.isEmpty();
    }
}
