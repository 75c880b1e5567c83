package dev.borrowerjourney.session.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of threats names tests that there are. */
class SecurityMapTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Path CLASSES = Path.of("target/test-classes");

    static Stream<String> tests() throws IOException {
        return TEST.matcher(Files.readString(Path.of("SECURITY.md")))
                .results()
                .map(test -> test.group(1) + "." + test.group(2));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void namesTestsThatThereAre(String test) throws IOException {
        var parts = test.split("\\.", 2);

        assertThat(methodsOf(parts[0])).contains(parts[1]);
    }

    private static List<String> methodsOf(String simpleName) throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.filter(file -> file.endsWith(simpleName + ".class"))
                    .map(file -> CLASSES.relativize(file).toString())
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .flatMap(file ->
                            Arrays.stream(classOf(file.replace('/', '.')).getDeclaredMethods()))
                    .map(Method::getName)
                    .toList();
        }
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name, false, SecurityMapTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
