package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the shadow, or goes on with the one that stands. */
record RebuildShadow(Rebuild rebuild, Clock clock) {

    /**
     * Clocks of writers differ, and a record may have waited to be appended: what was received up to so long after the
     * log's first record was appended may be gone with the records before it.
     */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** @param erased borrowers that are left out */
    record Result(ShadowFold.Counts records, int erased, boolean goesOn) {}

    int run(Arguments arguments, PrintStream out) throws IOException {
        var audit = Audit.ofReading("rebuild shadow", arguments);
        var rate = arguments.number("--rate", 0).orElse(Rebuild.USUAL_RATE);
        var goesOn = rebuild.shadow().info().isPresent() && !arguments.has("--restart");
        if (goesOn) {
            rebuild.shadow().info().ifPresent(rebuild::assertSame);
        } else {
            begin(audit);
        }
        audit.note("shadow", goesOn ? "GOES_ON" : "BEGUN");
        var erased = rebuild.erasures().read();
        fill(erased);
        new Shadowing(rebuild, erased, rate).run();
        var result = new Result(rebuild.shadow().counts(), erased.size(), goesOn);
        print(result, out);
        JsonResult.write(arguments, result);
        audit.note("shadow", "MADE");
        return OperatorCommand.OK;
    }

    private void begin(Audit audit) {
        var topicId = rebuild.topicId();
        var earlier = rebuild.served().ofEarlierTopics(TopicCatalogue.JOURNEY_SNAPSHOTS, topicId);
        var partitions = new ArrayList<ShadowPartition>();
        try (var log = rebuild.logs().get()) {
            log.bounds().forEach((partition, bounds) -> {
                var whole = bounds.first() == 0 && !earlier.contains(partition);
                var before = whole ? null : fillBefore(log, partition, bounds);
                partitions.add(new ShadowPartition(partition, bounds.first(), before, bounds.first() - 1));
            });
        }
        rebuild.shadow().begin(new ShadowInfo(topicId, now(), audit.who(), audit.why(), null), partitions);
    }

    private static @Nullable Instant fillBefore(KafkaLog log, int partition, KafkaLog.Bounds bounds) {
        return log.recordedAt(partition, bounds)
                .map(first -> first.plus(MARGIN))
                .orElse(Instant.MAX);
    }

    private void fill(Set<String> erased) {
        var info = rebuild.shadow().info().orElseThrow();
        if (info.filledAt() == null) {
            new Fill(
                            rebuild.states(),
                            rebuild.served(),
                            rebuild.shadow(),
                            rebuild.shadow().partitions(),
                            erased)
                    .run();
            rebuild.shadow().filled(now());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void print(Result result, PrintStream out) {
        var records = result.records();
        out.println(records.records() + " records taken in; left out: " + records.illegible() + " illegible, "
                + records.deadLetters() + " that are dead letters, " + records.erased() + " of " + result.erased()
                + " erased borrowers");
        out.println("The shadow stands. What differs is told by rebuild --diff");
    }
}
