package dev.borrowerjourney.sandbox.demo.tool;

import static dev.borrowerjourney.sandbox.demo.tool.HttpAdmin.JSON;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code sandbox/run hostile}: turns the platform's switches, and runs scripts of them. */
final class HostileCommand {

    static final String HELP = """
            sandbox/run hostile SCRIPT [--seed N]
                runs a script: one that is ready, or a YAML or JSON file; whatever ends it, Ctrl-C too, sets everything
                right again; the same seed strikes the same
            sandbox/run hostile list
                the scripts that are ready
            sandbox/run hostile show
                every switch with its value, range and meaning, the limited ones, and how often each struck
            sandbox/run hostile set NAME=VALUE... [--borrower B] [--path P] [--calls N]
                turns switches, for everybody, or for one borrower, the paths that begin with P (* is any segment), or
                the next N calls or webhooks that are struck
            sandbox/run hostile off
                ends the script, turns every switch back, and takes a rotation of the webhook secret back

            Exit code: 0 ok or stopped when asked, 1 failed, 2 wrong usage.""";

    private static final long LOOK_NANOS = 300_000_000;

    private final HttpAdmin admin;
    private final String applicationId;
    private final PrintStream out;

    private HostileCommand(Tools.Running demo) {
        this.admin = demo.admin();
        this.applicationId = demo.file().platform().applicationId();
        this.out = demo.out();
    }

    sealed interface Invocation {
        record All() implements Invocation {}

        record Show() implements Invocation {}

        record Off() implements Invocation {}

        record Put(
                ObjectNode switches,
                @Nullable String borrower,
                @Nullable String path,
                @Nullable Long calls) implements Invocation {

            boolean limited() {
                return borrower != null || path != null || calls != null;
            }
        }

        record Play(String script, @Nullable Long seed) implements Invocation {}
    }

    static Tools.Work understood(List<String> typed) {
        var invocation = parse(typed);
        return demo -> new HostileCommand(demo).run(invocation);
    }

    static Invocation parse(List<String> typed) {
        var words = Words.of("hostile", typed, Set.of("--seed", "--borrower", "--path", "--calls"), Set.of());
        var first = words.arguments().isEmpty() ? "" : words.arguments().getFirst();
        if (first.equals("set")) {
            return put(words);
        }
        if (!words.values().keySet().stream().allMatch(option -> option.equals("--seed"))) {
            throw new Words.Misunderstood("hostile: --borrower, --path and --calls belong to set");
        }
        var only = words.single("hostile: a script, list, show, set or off");
        return switch (only) {
            case "list" -> new Invocation.All();
            case "show" -> new Invocation.Show();
            case "off" -> new Invocation.Off();
            default -> new Invocation.Play(only, words.number("--seed", 0));
        };
    }

    private static Invocation.Put put(Words words) {
        var switches = JSON.createObjectNode();
        for (var assignment : words.arguments().subList(1, words.arguments().size())) {
            int at = assignment.indexOf('=');
            if (at < 1) {
                throw new Words.Misunderstood("hostile set '" + assignment + "' (expected: NAME=VALUE)");
            }
            switches.set(assignment.substring(0, at), value(assignment, assignment.substring(at + 1)));
        }
        if (switches.isEmpty()) {
            throw new Words.Misunderstood("hostile set: nothing (expected: NAME=VALUE)");
        }
        return new Invocation.Put(
                switches, words.value("--borrower"), words.value("--path"), words.number("--calls", 1));
    }

    private static JsonNode value(String assignment, String text) {
        if (text.matches("true|false|-?\\d{1,15}(\\.\\d{1,9})?")) {
            return JSON.readTree(text);
        }
        throw new Words.Misunderstood("hostile set '" + assignment + "' (expected: true, false or a number)");
    }

    private int run(Invocation invocation) throws IOException, InterruptedException {
        return switch (invocation) {
            case Invocation.All() -> list();
            case Invocation.Show() -> show();
            case Invocation.Off() -> off();
            case Invocation.Put put -> put(put);
            case Invocation.Play play -> play(play);
        };
    }

    private int list() throws IOException, InterruptedException {
        for (var script : admin.get("/scripts").path("items")) {
            out.printf(
                    "%-23s %3.0f s  %s%n",
                    script.path("name").asString(),
                    script.path("seconds").asDouble(),
                    script.path("about").asString());
        }
        return 0;
    }

    private int show() throws IOException, InterruptedException {
        var values = admin.get("/switches");
        var group = "";
        for (var one : admin.get("/faults/catalogue").path("items")) {
            if (!group.equals(one.path("group").asString())) {
                group = one.path("group").asString();
                out.println(group);
            }
            var value = values.path(one.path("name").asString());
            var changed = !value.equals(one.path("default"));
            var range = one.path("type").asString().equals("flag")
                    ? "true, false"
                    : one.path("minimum").asString() + " to "
                            + one.path("maximum").asString();
            out.printf(
                    "  %s %-23s %8s  %-22s %s%n",
                    changed ? "*" : " ",
                    one.path("name").asString(),
                    shown(value),
                    range,
                    one.path("meaning").asString());
        }
        var faults = admin.get("/faults");
        faults.path("items").forEach(limited -> out.println("limited  " + limited));
        out.println("struck   " + counts(faults.path("struck")));
        return 0;
    }

    private int off() throws IOException, InterruptedException {
        setRight();
        out.println("every switch is at its default, and the webhook secret as it was");
        return 0;
    }

    private void setRight() throws IOException, InterruptedException {
        admin.send("DELETE", "/script", null);
        admin.send("PUT", "/switches", JSON.createObjectNode());
        admin.send("DELETE", "/webhook-secrets/" + applicationId + "/rotation", null);
    }

    private int put(Invocation.Put put) throws IOException, InterruptedException {
        if (put.limited()) {
            var limit = JSON.createObjectNode();
            limit.set("switches", put.switches());
            limit.put("borrower", put.borrower()).put("path", put.path()).put("calls", put.calls());
            out.println("limited  " + admin.send("POST", "/faults", limit));
        } else {
            var values = admin.send("PATCH", "/switches", put.switches());
            put.switches().propertyNames().forEach(name -> out.println(name + " = " + shown(values.path(name))));
        }
        out.println("back with: sandbox/run hostile off");
        return 0;
    }

    private int play(Invocation.Play play) throws IOException, InterruptedException {
        var begin = JSON.createObjectNode();
        if (play.script().matches(".*[./].*")) {
            begin.put("text", text(Path.of(play.script())));
        } else {
            begin.put("name", play.script());
        }
        if (play.seed() != null) {
            begin.put("seed", play.seed());
        }
        begun(play.script(), begin);
        try (var _ = new AtEnd(() -> {
            admin.send("DELETE", "/script", null);
            out.println("everything is set right again");
        })) {
            return watched();
        }
    }

    private void begun(String script, ObjectNode begin) throws IOException, InterruptedException {
        try {
            var progress = admin.send("PUT", "/script", begin);
            out.println(script + " with seed " + progress.path("seed").asString());
        } catch (HttpAdmin.Refused e) {
            throw e.status() == 404
                    ? new IOException("'" + script + "' (expected: a file, or one of " + names() + ")", e)
                    : e;
        }
    }

    private String names() throws IOException, InterruptedException {
        return admin.get("/scripts")
                .path("items")
                .valueStream()
                .map(script -> script.path("name").asString())
                .collect(Collectors.joining(", "));
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        return Files.readString(file);
    }

    /** Prints each phase as it begins, until the script is over. */
    private int watched() throws IOException, InterruptedException {
        var from = System.nanoTime();
        int shown = 0;
        while (true) {
            var progress = admin.get("/script");
            var state = progress.path("state").asString();
            int phase = progress.path("phase").asInt();
            if (phase > shown) {
                shown = phase;
                out.printf(
                        "%6.1f s  phase %d of %d: %s%n",
                        (System.nanoTime() - from) / 1e9,
                        phase,
                        progress.path("phases").asInt(),
                        progress.path("phaseName").asString());
            }
            if (!state.equals("RUNNING")) {
                out.printf(
                        "%6.1f s  %s; struck %s%n",
                        (System.nanoTime() - from) / 1e9,
                        state.equals("ENDED") ? "ended" : "was stopped",
                        counts(progress.path("struck")));
                return state.equals("ENDED") ? 0 : 1;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static String counts(JsonNode struck) {
        return struck.isEmpty()
                ? "nothing"
                : struck.propertyStream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String shown(JsonNode value) {
        return value.asString().replaceFirst("\\.0$", "");
    }
}
