package dev.borrowerjourney.projector.rebuild;

import java.util.HashSet;
import java.util.Set;

/** Who is erased, by borrower key, as of now. */
record Erasures(KafkaWholeTopic topic) {

    /** Whoever is named is left out whole, whatever the time of a record: nothing of a borrower may come back by a rebuild. */
    Set<String> read() {
        var erased = new HashSet<String>();
        var there = topic.read((borrower, erasure) -> {
            if (erasure == null) {
                erased.remove(borrower);
            } else {
                erased.add(borrower);
            }
        });
        if (!there) {
            System.err.println("topic erasures: missing, so nobody is left out");
        }
        return erased;
    }
}
