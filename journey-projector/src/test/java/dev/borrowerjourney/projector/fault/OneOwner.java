package dev.borrowerjourney.projector.fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Begins with one instance that owns everything, some journeys, and all promises kept. */
abstract class OneOwner {

    static final Ground GROUND = Ground.shared();

    final Traffic traffic = new Traffic(GROUND, 4);
    final Promises promises = new Promises(GROUND, traffic);
    final ProjectorProcess owner = GROUND.instance();

    @BeforeEach
    void settle() {
        traffic.sendEach();
        promises.areKept();
    }

    @AfterEach
    void close() {
        traffic.close();
    }
}
