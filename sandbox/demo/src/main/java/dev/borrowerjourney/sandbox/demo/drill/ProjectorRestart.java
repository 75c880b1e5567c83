package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Restarts two instances of journey-projector one after the other under steady load, and then kills one: how long each
 * partition's changes wait, and that each comes once.
 */
final class ProjectorRestart {

    static final String NAME = "projector-restart";

    /** Longer than this no partition may wait, however busy the machine is. */
    private static final Duration MOST = Duration.ofMinutes(1);

    private static final Duration LATELY = Duration.ofSeconds(1);
    private static final int PARTITIONS =
            TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS).partitions();

    private final Opening opening;
    private final Plan plan;
    private final Consumer<String> progress;

    /** Starts the parts. */
    @FunctionalInterface
    interface Opening {
        ProjectorStage open() throws IOException, SQLException;
    }

    /**
     * How hard and how long.
     *
     * @param perSecond snapshots
     * @param warmUp of the load, before the first deed
     * @param calm how long everything works before the next deed
     * @param restarted instances, one after the other
     * @param rounds of restarts and a kill
     */
    record Plan(int perSecond, Duration warmUp, Duration calm, List<String> restarted, int rounds) {

        static Plan of(boolean quick, boolean full) {
            return quick
                    ? new Plan(200, Duration.ofSeconds(5), Duration.ofSeconds(2), List.of(ProjectorStage.FIRST), 1)
                    : new Plan(
                            500,
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(8),
                            List.of(ProjectorStage.FIRST, ProjectorStage.SECOND),
                            full ? 3 : 1);
        }
    }

    ProjectorRestart(Opening opening, Plan plan, Consumer<String> progress) {
        this.opening = opening;
        this.plan = plan;
        this.progress = progress;
    }

    DrillResult run(long seed) {
        progress.accept(NAME);
        var devices = new Pauses("longest pause in ms, for devices");
        var readers = new Pauses("… for readers of committed records");
        try (var stage = opening.open();
                var all = new KafkaChanges(stage.brokers(), stage.serdes(), "read_uncommitted", devices);
                var committed = new KafkaChanges(stage.brokers(), stage.serdes(), "read_committed", readers);
                var load = new KafkaSnapshotLoad(
                        stage.brokers(), stage.serdes(), List.of(devices, readers), plan.perSecond(), seed)) {
            all.start();
            committed.start();
            load.start();
            // Cold code has pauses of its own.
            Waiting.until(
                    "the first changes", () -> readers.changes() > plan.warmUp().toSeconds() * plan.perSecond());
            calm(stage, readers);
            for (int round = 0; round < plan.rounds(); round++) {
                if (round > 0) {
                    during(
                            stage,
                            List.of(devices, readers),
                            "return after SIGKILL",
                            () -> stage.startAgain(ProjectorStage.FIRST));
                }
                restartAndKill(stage, List.of(devices, readers));
            }
            load.stop();
            Waiting.until("all changes", () -> readers.changes() >= load.changes() && stage.waiting() == 0);
            return result(seed, devices, readers, load, stage.wrong(load.expected()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ledger().broken(NAME, seed, e);
        } catch (Exception e) {
            readers.table().forEach(progress);
            return new Ledger().broken(NAME, seed, e);
        }
    }

    private void restartAndKill(ProjectorStage stage, List<Pauses> pauses) throws Exception {
        during(stage, pauses, "nothing", () -> {});
        for (var instance : plan.restarted()) {
            during(stage, pauses, "SIGTERM of " + instance, () -> stage.end(instance));
            during(stage, pauses, "return of " + instance, () -> stage.startAgain(instance));
        }
        during(stage, pauses, "SIGKILL of " + ProjectorStage.FIRST, () -> stage.kill(ProjectorStage.FIRST));
    }

    private void during(ProjectorStage stage, List<Pauses> pauses, String phase, Runnable deed) throws Exception {
        pauses.forEach(each -> each.begin(phase));
        deed.run();
        calm(stage, pauses.getLast());
    }

    /** A while, and until all partitions are served and no more waits than a second brings. */
    private void calm(ProjectorStage stage, Pauses readers) throws Exception {
        long until = System.nanoTime() + plan.calm().toNanos();
        Waiting.until(
                "calm",
                () -> System.nanoTime() > until
                        && readers.heardSince(System.nanoTime() - LATELY.toNanos()) == PARTITIONS
                        && stage.waiting() <= plan.perSecond());
    }

    private DrillResult result(long seed, Pauses devices, Pauses readers, KafkaSnapshotLoad load, List<String> wrong) {
        devices.table().forEach(progress);
        readers.table().forEach(progress);
        var complaints = new ArrayList<>(wrong);
        complain(complaints, readers.repeated(), "changes came twice");
        complain(complaints, readers.regressions(), "versions went down");
        var figures = new TreeMap<String, Number>();
        devices.phases().forEach(phase -> figures.put("ms for devices: " + phase, devices.longestMillis(phase)));
        readers.phases().forEach(phase -> figures.put("ms for readers: " + phase, readers.longestMillis(phase)));
        long longest =
                figures.values().stream().mapToLong(Number::longValue).max().orElse(0);
        if (longest > MOST.toMillis()) {
            complaints.add("a partition waited for " + longest + " ms (expected: at most " + MOST.toMillis() + ")");
        }
        complaints.forEach(complaint -> progress.accept("  FAILED: " + complaint));
        return new DrillResult(
                NAME,
                complaints.isEmpty(),
                seed,
                load.appended(),
                Math.max(0, load.changes() - readers.changes()),
                wrong.size() + readers.repeated(),
                readers.regressions(),
                longest / 1e3,
                figures,
                complaints);
    }

    private static void complain(List<String> complaints, long count, String what) {
        if (count > 0) {
            complaints.add(count + " " + what);
        }
    }
}
