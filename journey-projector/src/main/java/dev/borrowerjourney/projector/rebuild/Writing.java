package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.rebuild.PostgresServed.Told;
import dev.borrowerjourney.projector.state.LogPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives differences their versions and positions, and writes them; the caller holds the partition locked. */
record Writing(Rebuild rebuild, Instant at) {

    List<Correction> write(LogPartition partition, PostgresCorrections.Locked locked, List<Difference> differences) {
        var corrections = corrections(locked, differences);
        if (!corrections.isEmpty()) {
            rebuild.corrections().write(partition, locked.lastPosition(), corrections);
        }
        return corrections;
    }

    private List<Correction> corrections(PostgresCorrections.Locked locked, List<Difference> differences) {
        Map<String, Told> told = differences.isEmpty()
                ? Map.of()
                : rebuild.served()
                        .told(differences.stream().map(Difference::journeyKey).toList());
        var moment = new Correction.Moment(at, locked.applied());
        var corrections = new ArrayList<Correction>();
        long position = locked.lastPosition();
        for (var difference : differences) {
            var correction = Correction.of(difference, told.get(difference.journeyKey()), moment, position + 1);
            correction.ifPresent(corrections::add);
            if (correction.map(Correction::change).isPresent()) {
                position++;
            }
        }
        return corrections;
    }

    /** How many of them readers see. */
    static long visible(List<Correction> corrections) {
        return corrections.stream()
                .map(each -> Optional.ofNullable(each.change()))
                .filter(Optional::isPresent)
                .count();
    }
}
