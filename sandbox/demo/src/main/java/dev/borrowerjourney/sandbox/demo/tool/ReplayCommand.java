package dev.borrowerjourney.sandbox.demo.tool;

import static dev.borrowerjourney.sandbox.demo.tool.HttpAdmin.JSON;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code sandbox/run replay}: sends webhooks once more. */
final class ReplayCommand {

    static final String HELP = """
            sandbox/run replay EVENT_ID [--to URL]
            sandbox/run replay FROM..TO [--to URL]
                sends one event of the log again, or all of a range in order: the same event id and body, signed anew;
                to the subscriber, or to URL (an address of this machine). FROM and TO are event ids (see sandbox/run
                events) or positions (see /admin/truth/snapshots)

            Exit code: 0 all taken, 1 one was not, or failed, 2 wrong usage.""";

    private ReplayCommand() {}

    record Invocation(String from, String to, @Nullable URI url) {}

    static Tools.Work understood(List<String> typed) {
        var invocation = parse(typed);
        return demo -> run(demo, invocation);
    }

    static Invocation parse(List<String> typed) {
        var words = Words.of("replay", typed, Set.of("--to"), Set.of());
        var range = words.single("replay: an event id or FROM..TO");
        int dots = range.indexOf("..");
        var from = dots < 0 ? range : range.substring(0, dots);
        var to = dots < 0 ? range : range.substring(dots + 2);
        if (from.isEmpty() || to.isEmpty()) {
            throw new Words.Misunderstood("replay '" + range + "' (expected: an event id or FROM..TO)");
        }
        var url = words.value("--to");
        return new Invocation(from, to, url == null ? null : Addresses.loopback("--to", url));
    }

    private static int run(Tools.Running demo, Invocation invocation) throws IOException, InterruptedException {
        var request = JSON.createObjectNode()
                .put("from", invocation.from())
                .put("to", invocation.to())
                .put("url", invocation.url() == null ? null : invocation.url().toString());
        int taken = 0;
        var items = demo.admin().send("POST", "/events/replay", request).path("items");
        for (var item : items) {
            var outcome = item.path("outcome").asString();
            taken += outcome.matches("2\\d\\d") ? 1 : 0;
            demo.out()
                    .printf(
                            "%-20s  %s  %-23s %s%n",
                            item.path("eventId").asString(),
                            item.path("journeyId").asString(),
                            item.path("status").asString(),
                            outcome);
        }
        demo.out().println(taken + " of " + items.size() + " taken");
        return taken == items.size() && taken > 0 ? 0 : 1;
    }
}
