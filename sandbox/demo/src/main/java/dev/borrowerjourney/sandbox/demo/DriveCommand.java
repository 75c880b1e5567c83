package dev.borrowerjourney.sandbox.demo;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.JourneyReport;
import dev.borrowerjourney.sandbox.demo.journey.JourneysAtOnce;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import java.io.IOException;
import java.util.List;

/** Drives journeys through the running demo, or through one of its own that it stops again. */
final class DriveCommand {

    private final Layout layout;

    DriveCommand(Layout layout) {
        this.layout = layout;
    }

    int run(Invocation.Drive drive) throws IOException {
        var running = Demo.running(layout);
        if (running.isPresent()) {
            return drive(running.get(), drive);
        }
        System.out.println("no demo runs: starting one");
        var demo = new Demo(layout, Ports.of(System.getenv()));
        try {
            demo.takeOver().forEach(name -> System.out.println("ended a leftover: " + name));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
            demo.start(List.of(), (name, millis) -> System.out.printf("  %s (%.1f s)%n", name, millis / 1e3));
            return drive(demo.file(), drive);
        } catch (StartFailed e) {
            System.err.println(e.getMessage());
            return 1;
        } finally {
            demo.close();
        }
    }

    private static int drive(DemoFile demo, Invocation.Drive drive) throws IOException {
        try {
            var results = new JourneysAtOnce(demo, System.out).drive(drive.count(), drive.concurrency());
            var report = JourneyReport.of(results);
            System.out.println(report.summary());
            if (drive.json() != null) {
                OwnFiles.write(drive.json(), report.json());
            }
            return report.ok() ? 0 : 1;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
