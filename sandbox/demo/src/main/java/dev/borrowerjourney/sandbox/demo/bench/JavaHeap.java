package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Looks into the heap of another Java process, by the JDK's own tool. */
final class JavaHeap {

    /** Every collector says it, each in a line of its own shape. */
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)([KMG])");

    private JavaHeap() {}

    /** What lives after a full collection, which it makes. */
    static double liveMegabytes(long pid) throws IOException, InterruptedException {
        ask(pid, "GC.run");
        var info = ask(pid, "GC.heap_info");
        var used = USED.matcher(info);
        if (!used.find()) {
            throw new BenchFailed("process " + pid + ": what its heap holds is not to be read in: " + info);
        }
        return Long.parseLong(used.group(1))
                * switch (used.group(2)) {
                    case "K" -> 1.0 / 1_024;
                    case "M" -> 1;
                    default -> 1_024;
                };
    }

    private static String ask(long pid, String command) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchFailed("process " + pid + ": cannot be asked for " + command + ": " + said);
        }
        return said;
    }
}
