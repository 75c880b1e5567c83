package dev.borrowerjourney.sandbox.demo.tool;

import static dev.borrowerjourney.sandbox.demo.tool.HttpAdmin.JSON;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** {@code sandbox/run listen}: has every webhook sent to a developer's own endpoint, too. */
final class ListenCommand {

    static final String HELP = """
            sandbox/run listen --forward-to URL [--borrower B] [--payload]
                has the platform send every webhook from now on, signed as it is, to URL, too (an address of this
                machine), and prints each with your endpoint's answer; what it refuses is sent again as the platform
                does; webhook-ingest-service goes on getting its own; stays until Ctrl-C

              --borrower B   of this borrower only
              --payload      with the body, in which everything personal is masked

            The secret that signs is platform.webhookSecret in sandbox/target/demo.json.

            Exit code: 0 stopped when asked, 1 failed, 2 wrong usage.""";

    private static final int PAGE = 500;
    private static final long LOOK_NANOS = 300_000_000;
    private static final int LOOKS_UNTIL_RENEWAL = 15;

    private final HttpAdmin admin;
    private final PrintStream out;
    private final Invocation invocation;
    private final AtomicReference<String> listener = new AtomicReference<>("");

    private ListenCommand(Tools.Running demo, Invocation invocation) {
        this.admin = demo.admin();
        this.out = demo.out();
        this.invocation = invocation;
    }

    record Invocation(URI url, @Nullable String borrower, boolean payload) {}

    static Tools.Work understood(List<String> typed) {
        var invocation = parse(typed);
        return demo -> new ListenCommand(demo, invocation).run();
    }

    static Invocation parse(List<String> typed) {
        var words = Words.of("listen", typed, Set.of("--forward-to", "--borrower"), Set.of("--payload"));
        words.none();
        return new Invocation(
                Addresses.loopback("--forward-to", words.value("--forward-to")),
                words.value("--borrower"),
                words.flags().contains("--payload"));
    }

    private int run() throws IOException, InterruptedException {
        register();
        try (var _ = new AtEnd(this::leave)) {
            out.println("webhooks go to " + invocation.url() + ", too, until Ctrl-C");
            long after = 0;
            for (int look = 1; ; look++) {
                var page = admin.get(
                        "/events" + HttpAdmin.query(Map.of("after", after, "limit", PAGE, "target", listener.get())));
                page.path("items").forEach(event -> {
                    out.println(EventLine.of(event));
                    if (invocation.payload()) {
                        out.println(EventLine.payload(event));
                    }
                });
                after = page.path("next").asLong();
                if (look % LOOKS_UNTIL_RENEWAL == 0 && !renewed()) {
                    register();
                    after = 0;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void register() throws IOException, InterruptedException {
        var request =
                JSON.createObjectNode().put("url", invocation.url().toString()).put("borrower", invocation.borrower());
        listener.set(admin.send("POST", "/listeners", request).path("id").asString());
    }

    /** False if the platform has forgotten us, as after its start. */
    private boolean renewed() throws IOException, InterruptedException {
        try {
            admin.send("PUT", "/listeners/" + listener.get(), null);
            return true;
        } catch (HttpAdmin.Refused e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private void leave() throws IOException, InterruptedException {
        admin.send("DELETE", "/listeners/" + listener.get(), null);
        out.println("webhooks go to webhook-ingest-service alone again");
    }
}
