package dev.borrowerjourney.sandbox.demo.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {

    private static final Path PAGE = Path.of("../operator-page");
    private static final Pattern REFERENCE = Pattern.compile("(?:from '\\.|href=\"|src=\")(/[a-z][a-z-]*\\.[a-z]+)");

    private final PageFiles files = new PageFiles(PAGE);

    @Test
    void servesEveryFileThatThePageIsMadeOf() throws IOException {
        var found = new TreeSet<String>();
        var toRead = new ArrayDeque<>(List.of("/"));
        while (!toRead.isEmpty()) {
            var file = files.find(toRead.pop()).orElseThrow();
            REFERENCE
                    .matcher(file.content())
                    .results()
                    .map(reference -> reference.group(1))
                    .filter(found::add)
                    .forEach(toRead::add);
        }

        try (var all = Files.list(PAGE)) {
            assertThat(found)
                    .isEqualTo(all.map(file -> "/" + file.getFileName())
                            .filter(name -> !Set.of("/index.html", "/README.md", "/pictures")
                                    .contains(name))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/README.md",
                "/../demo/pom.xml",
                "/..%2Fdemo/pom.xml",
                "/pictures/way.png",
                "//style.css",
                "/style.css/",
                "",
                "/nothing.js"
            })
    void servesNothingElse(String path) throws IOException {
        assertThat(files.find(path)).isEmpty();
    }
}
