package dev.borrowerjourney.defaults.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a directory looked like at one time, without reading what its files hold. */
record Fingerprint(Map<String, String> files) {

    private static final int DEEPEST = 8;

    static Fingerprint of(Path root) {
        var files = new TreeMap<String, String>();
        // Links are followed: Kubernetes mounts a secret as links and swaps the folder behind them.
        try (var paths = Files.walk(root, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            paths.filter(Files::isRegularFile).forEach(path -> files.put(name(root, path), state(path)));
        } catch (IOException | UncheckedIOException e) {
            files.put(".", e.getClass().getSimpleName());
        }
        return new Fingerprint(files);
    }

    /** Names of the files that came, went or changed since then; what Kubernetes keeps behind its links left out. */
    SortedSet<String> changesSince(Fingerprint earlier) {
        var names = new TreeSet<String>();
        names.addAll(files.keySet());
        names.addAll(earlier.files.keySet());
        names.removeIf(name -> name.startsWith("..")
                || String.valueOf(files.get(name)).equals(String.valueOf(earlier.files.get(name))));
        return names;
    }

    private static String name(Path root, Path path) {
        return root.relativize(path).toString();
    }

    // The change time moves with content, owner and permissions alike, and the inode with a swapped link.
    private static String state(Path path) {
        try {
            return Files.readAttributes(path, "unix:ino,size,ctime").toString();
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
