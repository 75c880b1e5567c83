package dev.borrowerjourney.sandbox.demo.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All drills, and how one is run: the parts stay up between two of them, unless one was broken off. */
final class Drills implements AutoCloseable {

    private static final Map<String, Drill> BY_NAME = byName();

    private final Opening opening;
    private final DrillPlan plan;
    private final long seed;
    private final Consumer<String> progress;
    private @Nullable Stage stage;

    /** Starts the parts. */
    @FunctionalInterface
    interface Opening {
        Stage open() throws IOException, SQLException;
    }

    Drills(Opening opening, DrillPlan plan, long seed, Consumer<String> progress) {
        this.opening = opening;
        this.plan = plan;
        this.seed = seed;
        this.progress = progress;
    }

    private static Map<String, Drill> byName() {
        var drills = new LinkedHashMap<String, Drill>();
        drills.put("ingest-kill-broker", new BrokerAway());
        drills.put("ingest-kill-service", new ServiceKilled());
        drills.put("ingest-rotation", new Rotation());
        drills.put("ingest-outage", new LongOutage());
        drills.put("ingest-graceful", new GracefulStop());
        drills.put("ingest-hostile", new HostileSenders());
        return drills;
    }

    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    DrillResult run(String name) {
        var drill = BY_NAME.get(name);
        if (drill == null) {
            throw new IllegalArgumentException("drill: " + name + " (expected: one of " + names() + ")");
        }
        return run(name, drill, new Ledger());
    }

    /**
     * Runs a drill that need not be among those with a name.
     *
     * @param ledger in which something may stand already
     */
    DrillResult run(String name, Drill drill, Ledger ledger) {
        // Other ids than those of the drills before it, on the same topic.
        long own = seed + Integer.toUnsignedLong(name.hashCode());
        try {
            return run(name, drill, new Scene(stage(), plan, own, ledger));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ledger.broken(name, seed, e);
        } catch (Exception e) {
            close();
            return ledger.broken(name, seed, e);
        }
    }

    private DrillResult run(String name, Drill drill, Scene scene) throws Exception {
        progress.accept(name);
        var stage = scene.stage();
        var before = stage.records();
        long setAside = stage.quarantined().total();
        drill.run(scene);
        scene.ledger().wrong(stage.quarantined().total() - setAside, "deliveries set aside in quarantine");
        var result = scene.ledger().close(name, seed, before, stage.records());
        progress.accept("  " + result.figures());
        result.complaints().forEach(complaint -> progress.accept("  FAILED: " + complaint));
        return result;
    }

    private Stage stage() throws IOException, SQLException {
        if (stage == null) {
            progress.accept("starting the service and what it needs");
            stage = opening.open();
        }
        return stage;
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
            stage = null;
        }
    }
}
