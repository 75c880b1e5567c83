package dev.borrowerjourney.projector.fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection to the database breaks while it commits, and nobody can tell the instance whether it did. */
class CommitIT {

    private static final Ground GROUND = Ground.shared();
    private static final String OF_BATCH = "INSERT INTO journey_change";

    final Traffic traffic = new Traffic(GROUND, 4);
    final Promises promises = new Promises(GROUND, traffic);

    @BeforeEach
    void settle() {
        GROUND.instance();
        traffic.sendEach();
        promises.areKept();
    }

    @AfterEach
    void close() {
        traffic.close();
    }

    @Test
    void appliesOnceWhatWasCommittedUnheard() {
        goesOnAfter(GROUND.postgres().loseAnswerOfCommit(OF_BATCH));
    }

    @Test
    void appliesWhatWasNeverCommitted() {
        goesOnAfter(GROUND.postgres().loseCommit(OF_BATCH));
    }

    private void goesOnAfter(Catch caught) {
        traffic.send(traffic.journey());
        caught.await();

        traffic.sendEach();
        promises.areKept();
    }
}
