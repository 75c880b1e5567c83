package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.UsageException;
import java.util.ArrayList;
import java.util.List;

/** Who acts: the one that {@code --by} names, else the user of the process. */
final class Acting {

    private Acting() {}

    /** @param options without {@code --by} and {@code --why} */
    static Arguments parse(List<String> line, List<String> options) {
        var all = new ArrayList<>(options);
        all.addAll(List.of("--by=", "--why="));
        var known = all.toArray(String[]::new);
        var arguments = Arguments.parse(line, known);
        if (arguments.has("--by")) {
            return arguments;
        }
        var named = new ArrayList<>(line);
        named.add("--by=" + user());
        return Arguments.parse(named, known);
    }

    /** In a container the user is often a number without a name, which says nothing about who it was. */
    private static String user() {
        var name = System.getProperty("user.name", "?");
        if (name.equals("?") || name.isBlank()) {
            throw new UsageException("--by: missing (expected: who does this; the process's user has no name)");
        }
        return name;
    }
}
