package dev.borrowerjourney.sandbox.demo.tool;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.journey.HttpCalls;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The verbs that speak to a demo that runs. */
public final class Tools {

    private static final Map<String, Verb> VERBS = Map.of(
            "hostile", new Verb(HostileCommand.HELP, HostileCommand::understood),
            "trigger", new Verb(TriggerCommand.HELP, TriggerCommand::understood),
            "listen", new Verb(ListenCommand.HELP, ListenCommand::understood),
            "events", new Verb(EventsCommand.HELP, EventsCommand::understood),
            "replay", new Verb(ReplayCommand.HELP, ReplayCommand::understood));

    private Tools() {}

    /** What was typed, understood. */
    interface Work {

        /** Does it; returns the exit code. */
        int run(Running demo) throws IOException, InterruptedException;
    }

    /** The demo that a verb works on, and where it writes. */
    record Running(HttpClient client, DemoFile file, PrintStream out) {

        HttpAdmin admin() {
            return new HttpAdmin(client, file.urls().platformAdmin());
        }
    }

    private record Verb(String help, Function<List<String>, Work> understood) {}

    public static boolean has(String word) {
        return VERBS.containsKey(word);
    }

    /**
     * Runs a verb against the running demo.
     *
     * @param words what was typed after it
     * @return the exit code
     * @throws IllegalArgumentException if they are misunderstood
     */
    public static int run(Layout layout, String name, List<String> words) throws IOException {
        var verb = VERBS.get(name);
        if (verb == null) {
            throw new IllegalArgumentException(name + ": no such verb");
        }
        if (words.contains("--help")) {
            System.out.println(verb.help());
            return 0;
        }
        var work = verb.understood().apply(words);
        var demo = Demo.running(layout);
        if (demo.isEmpty()) {
            return failed("no demo runs in this checkout: start it with sandbox/run in another terminal");
        }
        try (var client = HttpCalls.client()) {
            return work.run(new Running(client, demo.get(), System.out));
        } catch (HttpAdmin.Refused e) {
            System.err.println(e.getMessage());
            return e.status() / 100 == 4 ? 2 : 1;
        } catch (IOException e) {
            return failed(e.getMessage() == null ? "the platform does not answer" : e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int failed(String message) {
        System.err.println(message);
        return 1;
    }
}
