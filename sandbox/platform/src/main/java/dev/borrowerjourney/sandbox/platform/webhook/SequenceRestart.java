package dev.borrowerjourney.sandbox.platform.webhook;

import static dev.borrowerjourney.sandbox.platform.Assumptions.SEQUENCE_BASE;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.borrower.SnapshotNumbers;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import org.springframework.stereotype.Component;

/** Counts what comes after the switch from 1. What was made before it keeps its number, and is sent with it. */
@Component
class SequenceRestart {

    private static final long NONE = -1;

    private final Faults faults;
    private final SnapshotNumbers numbers;
    private long base = NONE;

    SequenceRestart(Switches switches, Faults faults, SnapshotNumbers numbers) {
        this.faults = faults;
        this.numbers = numbers;
        switches.whenSet(state -> set(state.flag(Switch.SEQUENCE_RESTART)));
    }

    /** The number of a body while the sequence is restarted for it. */
    synchronized long told(long sequence) {
        long position = sequence - SEQUENCE_BASE;
        if (base == NONE) {
            // Limited to a borrower: the first webhook that it concerns has the first number.
            base = position - 1;
        }
        return position > base ? position - base : sequence;
    }

    /** A later restart begins at 1 once more. */
    synchronized void endUnlessAnybodyIsConcerned() {
        if (!faults.any(Switch.SEQUENCE_RESTART)) {
            base = NONE;
        }
    }

    private synchronized void set(boolean forAll) {
        endUnlessAnybodyIsConcerned();
        if (forAll && base == NONE) {
            base = numbers.newest();
        }
    }
}
