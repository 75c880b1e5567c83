package dev.borrowerjourney.sandbox.demo.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogsTest {

    @TempDir
    Path directory;

    @Test
    void findsLinesOfAllProcessesByTheirTime() throws IOException {
        var logs = logs("""
                {"@timestamp":"2026-11-23T10:00:02Z","log":{"level":"WARN","logger":"a.B"},"message":"later","correlationId":"flow-1"}
                {"@timestamp":"2026-11-23T10:00:03Z","log":{"level":"INFO","logger":"a.B"},"message":"of another","correlationId":"flow-2"}
                """, """
                {"@timestamp":"2026-11-23T10:00:01Z","log":{"level":"INFO","logger":"c.D"},"message":"earlier","correlationId":"flow-1"}
                flow-1 in a line of another form
                """);

        assertThat(logs.having(" flow-1 "))
                .extracting(ProcessLogs.Line::message)
                .containsExactly("flow-1 in a line of another form", "earlier", "later");
        assertThat(logs.having("flow-1").getLast())
                .isEqualTo(new ProcessLogs.Line("process-0", "2026-11-23T10:00:02Z", "WARN", "a.B", "later"));
    }

    @Test
    void asksForMoreThanAFewLetters() throws IOException {
        assertThat(logs("abc\n").having("abc")).isEmpty();
        assertThat(logs("abcd\n").having("abcd")).hasSize(1);
    }

    /** A log of any size costs the same. */
    @Test
    void looksAtTheEndOfLongLogs() throws IOException {
        var line = "needle " + "x".repeat(2_000) + "\n";

        var found = logs("first needle\n" + line.repeat(3_000)).having("needle");

        assertThat(found).hasSize(200).allSatisfy(each -> assertThat(each.message())
                .hasSizeLessThan(700)
                .doesNotContain("first"));
    }

    @Test
    void keepsTheLastOfManyLines() throws IOException {
        var lines = new StringBuilder();
        for (int n = 100; n < 400; n++) {
            lines.append("{\"@timestamp\":\"2026-11-23T10:00:02.%dZ\",\"message\":\"needle %d\"}%n".formatted(n, n));
        }

        assertThat(logs(lines.toString()).having("needle"))
                .hasSize(200)
                .extracting(ProcessLogs.Line::message)
                .contains("needle 399")
                .doesNotContain("needle 199");
    }

    @Test
    void passesOverLogThatIsNotThere() {
        var gone = new DemoFile.ProcessEntry(
                "gone", 1, directory.resolve("gone.log").toString());

        assertThat(new ProcessLogs(List.of(gone)).having("anything")).isEmpty();
    }

    private ProcessLogs logs(String... contents) throws IOException {
        var entries = new ArrayList<DemoFile.ProcessEntry>();
        for (int n = 0; n < contents.length; n++) {
            var file = Files.writeString(directory.resolve(n + ".log"), contents[n]);
            entries.add(new DemoFile.ProcessEntry("process-" + n, n, file.toString()));
        }
        return new ProcessLogs(entries);
    }
}
