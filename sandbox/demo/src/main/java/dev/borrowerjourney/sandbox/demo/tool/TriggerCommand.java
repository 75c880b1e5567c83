package dev.borrowerjourney.sandbox.demo.tool;

import dev.borrowerjourney.sandbox.demo.journey.PlatformWalk;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code sandbox/run trigger}: has the platform send the webhook of a status. */
final class TriggerCommand {

    static final String HELP = """
            sandbox/run trigger STATUS --borrower B [--type PERSONAL_LOAN|GOLD_LOAN] [--force] [--next-action A]
                brings B's journey to STATUS at the platform, which tells it by webhook; makes the borrower and a
                journey if there is none that goes on; walks the ordinary course where it leads to STATUS, and forces
                any other STATUS, also one that nobody has heard of; prints each event and what came of it

              --force           does not walk
              --next-action A   what a forced STATUS asks for; nothing without it

            Exit code: 0 all events taken, 1 one was not, or failed, 2 wrong usage.""";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 200_000_000;
    private static final Set<String> TYPES = Set.of("PERSONAL_LOAN", "GOLD_LOAN");

    private TriggerCommand() {}

    record Invocation(
            String status,
            String borrower,
            String type,
            boolean force,
            @Nullable String nextAction) {}

    static Tools.Work understood(List<String> typed) {
        var invocation = parse(typed);
        return demo -> run(demo, invocation);
    }

    static Invocation parse(List<String> typed) {
        var words = Words.of("trigger", typed, Set.of("--borrower", "--type", "--next-action"), Set.of("--force"));
        var status = words.single("trigger: STATUS");
        if (!status.matches("[A-Z0-9_]{1,64}")) {
            throw new Words.Misunderstood("trigger '" + status + "' (expected: 1 to 64 of A-Z, 0-9 and _)");
        }
        var borrower = words.value("--borrower");
        if (borrower == null) {
            throw new Words.Misunderstood("--borrower: missing");
        }
        var type = words.value("--type");
        if (type != null && !TYPES.contains(type)) {
            throw new Words.Misunderstood("--type: '" + type + "' (expected: PERSONAL_LOAN or GOLD_LOAN)");
        }
        var nextAction = words.value("--next-action");
        var force = words.flags().contains("--force") || nextAction != null;
        return new Invocation(status, borrower, type == null ? "PERSONAL_LOAN" : type, force, nextAction);
    }

    private static int run(Tools.Running demo, Invocation invocation) throws IOException, InterruptedException {
        var walk = new PlatformWalk(demo.client(), demo.file(), invocation.borrower());
        var journeyId = walk.journey(invocation.type());
        demo.out().println("borrower " + invocation.borrower() + ", journey " + journeyId);
        var before = new HashSet<String>();
        walk.snapshots(journeyId).forEach(snapshot -> before.add(eventId(snapshot)));
        if (before.size() <= 2) {
            // It is new, and how it began belongs to what was triggered.
            before.clear();
        }
        if (invocation.force()
                || !walk.walk(
                        journeyId, invocation.status(), status -> demo.out().println("  " + status))) {
            walk.force(journeyId, invocation.status(), invocation.nextAction());
            demo.out().println("  " + invocation.status() + ", by force");
        }
        return told(demo, settled(walk, journeyId, before));
    }

    /** The new snapshots, once each was taken, lost or given up, or patience is at its end. */
    private static List<JsonNode> settled(PlatformWalk walk, String journeyId, Set<String> before)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var snapshots = walk.snapshots(journeyId).stream()
                    .filter(snapshot -> !before.contains(eventId(snapshot)))
                    .toList();
            var waiting = snapshots.stream()
                    .anyMatch(snapshot -> snapshot.path("delivery").asString().equals("PENDING"));
            if (!waiting || System.nanoTime() > deadline) {
                return snapshots;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static int told(Tools.Running demo, List<JsonNode> snapshots) {
        boolean all = true;
        for (var snapshot : snapshots) {
            var delivery = snapshot.path("delivery").asString();
            all &= delivery.equals("ACKNOWLEDGED");
            demo.out()
                    .printf(
                            "%-20s  %-23s %-13s %s%n",
                            eventId(snapshot),
                            snapshot.path("status").asString(),
                            delivery,
                            snapshot.path("attempts")
                                    .valueStream()
                                    .map(attempt -> attempt.path("outcome").asString())
                                    .collect(Collectors.joining(", ")));
        }
        if (snapshots.isEmpty()) {
            demo.out().println("nothing changed: the journey had this status already (--force tells it again)");
        }
        return all ? 0 : 1;
    }

    private static String eventId(JsonNode snapshot) {
        return snapshot.path("eventId").asString();
    }
}
