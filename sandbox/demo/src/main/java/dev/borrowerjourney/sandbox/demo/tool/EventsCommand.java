package dev.borrowerjourney.sandbox.demo.tool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code sandbox/run events}: what the platform sent where, and what came of it. */
final class EventsCommand {

    static final String HELP = """
            sandbox/run events [--borrower B] [--journey J] [--event E] [--payload] [--follow] [--json]
                prints the webhooks that the platform sent since its start (the newest 5,000), oldest first: time,
                event id, borrower, journey, status, answer, and the faults that struck

              --payload   with the body, in which everything personal is masked
              --follow    goes on until Ctrl-C
              --json      one JSON object a line

            Exit code: 0 ok or stopped when asked, 1 failed, 2 wrong usage.""";

    private static final int PAGE = 500;
    private static final long LOOK_NANOS = 300_000_000;

    private EventsCommand() {}

    record Invocation(
            @Nullable String borrower,
            @Nullable String journey,
            @Nullable String event,
            boolean payload,
            boolean follow,
            boolean json) {

        String query(long after) {
            return HttpAdmin.query(Map.of(
                    "after", after,
                    "limit", PAGE,
                    "borrower", borrower == null ? "" : borrower,
                    "journey", journey == null ? "" : journey,
                    "event", event == null ? "" : event));
        }

        String shown(JsonNode one) {
            if (json) {
                return one.toString();
            }
            return payload ? EventLine.of(one) + "\n" + EventLine.payload(one) : EventLine.of(one);
        }
    }

    static Tools.Work understood(List<String> typed) {
        var invocation = parse(typed);
        return demo -> run(demo, invocation);
    }

    static Invocation parse(List<String> typed) {
        var words = Words.of(
                "events",
                typed,
                Set.of("--borrower", "--journey", "--event"),
                Set.of("--payload", "--follow", "--json"));
        words.none();
        return new Invocation(
                words.value("--borrower"),
                words.value("--journey"),
                words.value("--event"),
                words.flags().contains("--payload"),
                words.flags().contains("--follow"),
                words.flags().contains("--json"));
    }

    private static int run(Tools.Running demo, Invocation invocation) throws IOException, InterruptedException {
        try (var _ = new AtEnd(() -> {})) {
            long after = 0;
            while (true) {
                var page = demo.admin().get("/events" + invocation.query(after));
                page.path("items").forEach(one -> demo.out().println(invocation.shown(one)));
                after = page.path("next").asLong();
                if (page.path("items").isEmpty()) {
                    if (!invocation.follow()) {
                        return 0;
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        }
    }
}
