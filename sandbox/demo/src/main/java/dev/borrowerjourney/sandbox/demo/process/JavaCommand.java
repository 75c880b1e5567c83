package dev.borrowerjourney.sandbox.demo.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a Java process, usually one that starts soon and stays small: ten share two cores and one laptop. */
public final class JavaCommand {

    private final List<String> words = new ArrayList<>();

    private JavaCommand(List<String> options) {
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("-Dfile.encoding=UTF-8");
    }

    public static JavaCommand withHeap(int megabytes) {
        return new JavaCommand(List.of(
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders"));
    }

    /** With other options than those that make it small. */
    static JavaCommand withOptions(List<String> options) {
        return new JavaCommand(options);
    }

    public JavaCommand with(String... options) {
        words.addAll(List.of(options));
        return this;
    }

    public List<String> jar(Path jar, String... arguments) {
        with("-jar", jar.toString());
        return with(arguments).words();
    }

    public List<String> main(String classPath, String mainClass, String... arguments) {
        with("-cp", classPath, mainClass);
        return with(arguments).words();
    }

    private List<String> words() {
        return List.copyOf(words);
    }
}
