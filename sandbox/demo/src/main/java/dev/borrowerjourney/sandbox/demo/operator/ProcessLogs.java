package dev.borrowerjourney.sandbox.demo.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Looks through the end of each process's log. What is secret or personal was masked before it was written there. */
final class ProcessLogs {

    /** Less would be every line. */
    static final int SHORTEST = 4;

    private static final int TAIL_BYTES = 4 * 1024 * 1024;
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 600;

    private final List<DemoFile.ProcessEntry> processes;

    ProcessLogs(List<DemoFile.ProcessEntry> processes) {
        this.processes = List.copyOf(processes);
    }

    /**
     * A line of a log.
     *
     * @param at as it stands there; null where the line is of another form than ours
     */
    record Line(
            String process,
            @Nullable String at,
            @Nullable String level,
            @Nullable String logger,
            String message) {}

    /** Lines that hold a text, by their time; of more than 200 the last. */
    List<Line> having(String text) {
        if (text.strip().length() < SHORTEST) {
            return List.of();
        }
        var found = processes.stream()
                .flatMap(process -> tail(process)
                        .filter(line -> line.contains(text.strip()))
                        .map(line -> parsed(process.name(), line)))
                .sorted(Comparator.comparing(line -> line.at() == null ? "" : line.at()))
                .toList();
        return found.subList(Math.max(0, found.size() - MOST_LINES), found.size());
    }

    private static Stream<String> tail(DemoFile.ProcessEntry process) {
        try (var file = new RandomAccessFile(process.log(), "r")) {
            var bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return new String(bytes, UTF_8).lines();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static Line parsed(String process, String line) {
        try {
            if (line.startsWith("{")) {
                var json = Json.MAPPER.readTree(line);
                return new Line(
                        process,
                        json.path("@timestamp").asString(null),
                        json.at("/log/level").asString(null),
                        json.at("/log/logger").asString(null),
                        shortened(json.path("message").asString("")));
            }
        } catch (JacksonException _) {
            // Cut at the beginning of what was read, or by another process's output.
        }
        return new Line(process, null, null, null, shortened(line));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    }
}
