package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.JourneyResult.Timed;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Many borrowers, a bounded number of them at a time. One alone is shown live, many at the end of each. */
public final class JourneysAtOnce {

    private final DemoFile demo;
    private final PrintStream out;

    public JourneysAtOnce(DemoFile demo, PrintStream out) {
        this.demo = demo;
        this.out = out;
    }

    /** Returns once all have come to an end, good or bad. */
    public List<JourneyResult> drive(int count, int concurrency) throws InterruptedException {
        try (var client = HttpCalls.client();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var drive = new JourneyDrive(client, demo);
            if (count == 1) {
                var result = drive.drive(change -> showNow(drive, change));
                showEnd(result);
                return List.of(result);
            }
            var places = new Semaphore(concurrency);
            var results = new ArrayList<Future<JourneyResult>>();
            for (int i = 0; i < count; i++) {
                places.acquire();
                results.add(executor.submit(() -> {
                    try {
                        var result = drive.drive(_ -> {});
                        showWhole(result);
                        return result;
                    } finally {
                        places.release();
                    }
                }));
            }
            return all(results);
        }
    }

    private static List<JourneyResult> all(List<Future<JourneyResult>> futures) throws InterruptedException {
        var results = new ArrayList<JourneyResult>();
        for (var future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }

    private void showNow(JourneyDrive drive, Change change) {
        try {
            show(drive.timed(change));
        } catch (IOException _) {
            show(new Timed(change, null));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void showWhole(JourneyResult result) {
        result.changes().forEach(this::show);
        showEnd(result);
    }

    private synchronized void show(Timed timed) {
        var change = timed.change();
        var delay = timed.delay();
        out.printf(
                "%s  v%-2d %-23s %-20s %s%n",
                change.journeyId(),
                change.version(),
                change.status(),
                change.nextAction() == null ? "-" : change.nextAction(),
                delay == null ? "?" : "%7.1f ms".formatted(JourneyReport.millis(delay)));
    }

    private synchronized void showEnd(JourneyResult result) {
        var journey = result.journeyId() == null ? result.borrowerExternalId() : result.journeyId();
        if (result.ok()) {
            out.println(journey + "  ok: stream, read model and platform agree on "
                    + result.changes().size() + " changes");
        } else {
            result.problems().forEach(problem -> out.println(journey + "  FAILED " + problem));
        }
    }
}
