package dev.borrowerjourney.sandbox.demo.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page itself. Read at each request: it is a few files, and whoever changes one wants to see it. */
final class PageFiles {

    private static final Pattern NAME = Pattern.compile("/[a-z][a-z-]*\\.(js|css|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8");

    private final Path directory;

    PageFiles(Path directory) {
        this.directory = directory;
    }

    record PageFile(String type, String content) {}

    /** @param path as asked for; what is not exactly the name of a file of the page is none */
    Optional<PageFile> find(String path) throws IOException {
        if (!path.equals("/") && !NAME.matcher(path).matches()) {
            return Optional.empty();
        }
        var name = path.equals("/") ? "index.html" : path.substring(1);
        var file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return Optional.of(new PageFile(String.valueOf(type), Files.readString(file)));
    }
}
