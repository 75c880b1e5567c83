package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** {@code rebuild --shadow | --diff | --apply | --undo | --drop | --status}. */
final class RebuildCommand implements OperatorCommand {

    private static final Map<String, List<String>> ACTS = acts();

    private final ObjectProvider<Rebuild> rebuild;
    private final ObjectProvider<RebuildShadow> shadow;
    private final ObjectProvider<RebuildDiff> diff;
    private final ObjectProvider<RebuildApply> apply;
    private final ObjectProvider<RebuildUndo> undo;

    RebuildCommand(
            ObjectProvider<Rebuild> rebuild,
            ObjectProvider<RebuildShadow> shadow,
            ObjectProvider<RebuildDiff> diff,
            ObjectProvider<RebuildApply> apply,
            ObjectProvider<RebuildUndo> undo) {
        this.rebuild = rebuild;
        this.shadow = shadow;
        this.diff = diff;
        this.apply = apply;
        this.undo = undo;
    }

    /** Each with the options that it takes. */
    private static Map<String, List<String>> acts() {
        var acts = new LinkedHashMap<String, List<String>>();
        acts.put("--shadow", List.of("--rate=", "--restart", "--by=", "--why="));
        acts.put("--diff", List.of("--limit=", "--rate="));
        acts.put("--apply", List.of("--rate=", "--by=", "--why="));
        acts.put("--undo", List.of("--by=", "--why="));
        acts.put("--drop", List.of("--by=", "--why="));
        acts.put("--status", List.of());
        return acts;
    }

    @Override
    public String verb() {
        return "rebuild";
    }

    @Override
    public String help() {
        return """
                rebuild [--status|--shadow|--diff|--apply|--undo|--drop]    the journeys, made from the log once more
                  --status [--json FILE]
                      what stands, how old it is and how far; the same without any option
                  --shadow [--rate N] [--restart] [--by WHO] [--why TEXT] [--json FILE]
                      makes the journeys from the log in tables of their own, beside live traffic, at most N records a
                      second (5000; 0: as fast as it can); takes in what the log does not hold any more from the topic
                      journeys and the read model; leaves out the erased and what is a dead letter. Interrupted, the same
                      command goes on; --restart: from the beginning
                  --diff [--limit N] [--rate N] [--json FILE]
                      what is served otherwise than in the shadow, both as of the same offsets: counts, and the first N (20),
                      masked
                  --apply [--rate N] --by WHO --why TEXT [--json FILE]
                      writes what differs as ordinary changes, which are published: no version falls. Interrupted, the same
                      command goes on
                  --undo --by WHO --why TEXT [--json FILE]
                      takes the latest --apply back in the same way: the registers it replaced, and what the log said since
                  --drop --by WHO --why TEXT
                      removes the shadow; what --undo needs stays
                Exit code: 0 all done, 1 not or not all done, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var act = act(line);
        var options = new ArrayList<>(ACTS.getOrDefault(act, List.of()));
        options.addAll(List.of(act, "--json="));
        var arguments = Arguments.parse(line, options.toArray(String[]::new));
        arguments.noWords();
        try {
            rebuild.getObject().shadow().assertThere();
            return run(act, arguments, out);
        } catch (Refusal e) {
            System.err.println("rebuild: " + e.getMessage());
            return FAILED;
        }
    }

    private int run(String act, Arguments arguments, PrintStream out) throws IOException {
        if (act.equals("--status")) {
            return new RebuildStatus(rebuild.getObject()).run(arguments, out);
        }
        try {
            return rebuild.getObject()
                    .corrections()
                    .alone(() -> alone(act, arguments, out))
                    .orElseThrow(() -> new Refusal("another rebuild command is running; nothing was done"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int alone(String act, Arguments arguments, PrintStream out) {
        try {
            return switch (act) {
                case "--shadow" -> shadow.getObject().run(arguments, out);
                case "--diff" -> diff.getObject().run(arguments, out);
                case "--apply" -> apply.getObject().run(arguments, out);
                case "--undo" -> undo.getObject().run(arguments, out);
                default -> drop(arguments, out);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int drop(Arguments arguments, PrintStream out) {
        var audit = Audit.of("rebuild drop", arguments);
        rebuild.getObject().shadow().drop();
        audit.note("shadow", "DROPPED");
        out.println("the shadow is gone");
        return OK;
    }

    private static String act(List<String> line) {
        var given = ACTS.keySet().stream().filter(line::contains).toList();
        if (given.size() > 1) {
            throw new UsageException(String.join(" and ", given) + " (expected: one of them)");
        }
        return given.isEmpty() ? "--status" : given.getFirst();
    }
}
