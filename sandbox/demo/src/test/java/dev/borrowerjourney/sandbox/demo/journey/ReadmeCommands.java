package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands that the README tells a newcomer to type, run by a shell. */
final class ReadmeCommands implements AutoCloseable {

    private final Process shell;
    private final Path output;

    private ReadmeCommands(Process shell, Path output) {
        this.shell = shell;
        this.output = output;
    }

    /** Types what stands under "Talk to it", with the ports of this demo. */
    static ReadmeCommands typed(DemoFile demo) throws IOException {
        var readme = Files.readString(Path.of("").toAbsolutePath().resolve("../../README.md"));
        var section = readme.split("\n## Talk to it\n", -1)[1].split("\n## ", -1)[0];
        var commands = Pattern.compile("```\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map((MatchResult block) -> block.group(1))
                .collect(Collectors.joining("\n"))
                .replace("http://127.0.0.1:18080", demo.urls().edge())
                .replace("http://127.0.0.1:18085", demo.urls().platform());
        var output = Files.createTempFile(Path.of("target"), "readme-", ".out");
        var shell = new ProcessBuilder("bash", "-c", commands + "\nwait")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ReadmeCommands(shell, output);
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroy);
        shell.destroy();
    }
}
