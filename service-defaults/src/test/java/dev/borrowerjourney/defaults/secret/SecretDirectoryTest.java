package dev.borrowerjourney.defaults.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SecretDirectoryTest {

    @TempDir
    Path root;

    SecretDirectory directory;

    @BeforeEach
    void open() {
        directory = new SecretDirectory(root, Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sesame", "sesame\n", "sesame\r\n"})
    void readsSecretWithoutItsLastNewline(String content) throws IOException {
        write("api-key", content);

        assertThat(directory.read("api-key").reveal()).isEqualTo("sesame");
    }

    @Test
    void keepsEveryOtherCharacter() throws IOException {
        write("api-key", " ses\name \n\n");

        assertThat(directory.read("api-key").reveal()).isEqualTo(" ses\name \n");
    }

    @Test
    void refusesMissingFileByName() {
        assertThatThrownBy(() -> directory.read("platform/api-key"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(root.resolve("platform/api-key").toString())
                .hasMessageContaining("does not exist");
    }

    /** The system's own memory cannot be read from its beginning: an input/output error, as of a disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsFailedReadFromFileThatCannotBeUsed() throws IOException {
        var memory = Files.createSymbolicLink(root.resolve("memory"), Path.of("/proc/self/mem"));
        write("empty", "");

        assertThatThrownBy(() -> directory.read("memory"))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.isUnread()).isTrue());
        Files.delete(memory);
        assertThatThrownBy(() -> directory.read("empty"))
                .isInstanceOfSatisfying(
                        SecretException.class, e -> assertThat(e.isUnread()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void refusesEmptyFile(String content) throws IOException {
        write("api-key", content);

        assertThatThrownBy(() -> directory.read("api-key")).hasMessageContaining("api-key: empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rwx-----x"})
    void refusesFileThatIsOpenToOthers(String permissions) throws IOException {
        write("api-key", "sesame");
        Files.setPosixFilePermissions(root.resolve("api-key"), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> directory.read("api-key"))
                .hasMessageContaining(permissions)
                .hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> directory.find("api-key")).hasMessageContaining(permissions);
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        write("api-key", "x");
        Files.write(root.resolve("api-key"), new byte[] {(byte) 0xff, 1});

        assertThatThrownBy(() -> directory.read("api-key")).hasMessageContaining("no text");
    }

    /** The names of some files come with requests. */
    @ParameterizedTest
    @ValueSource(strings = {"../outside", "webhook/../../outside", "/etc/passwd"})
    void refusesPathThatLeavesTheDirectory(String path) {
        assertThatThrownBy(() -> directory.read(path)).isInstanceOf(SecretException.class);
        assertThatThrownBy(() -> directory.find(path)).isInstanceOf(SecretException.class);
        assertThatThrownBy(() -> directory.list(path)).isInstanceOf(SecretException.class);
    }

    @Test
    void refusesDirectoryThatDoesNotExist() {
        assertThatThrownBy(() -> new SecretDirectory(root.resolve("nowhere")))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("secrets directory");
    }

    @Test
    void listsNamesInOrderWithoutWhatKubernetesKeeps() throws IOException {
        write("webhook/b", "x");
        write("webhook/a", "x");
        Files.createDirectory(root.resolve("webhook/..2026_01_01"));

        assertThat(directory.list("webhook")).containsExactly("a", "b");
        assertThat(directory.list("nothing")).isEmpty();
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(directory.find("keyset.json")).isEmpty();
    }

    /** A link to itself: whether there is a file behind it cannot be told, as on a volume that does not answer. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void doesNotTakeFailedLookForNothing() throws IOException {
        Files.createSymbolicLink(root.resolve("keyset.json"), Path.of("keyset.json"));

        assertThatThrownBy(() -> directory.find("keyset.json")).hasMessageContaining("keyset.json");
    }

    @Test
    void throwsOnWhatFirstLoadThrows() {
        assertThatThrownBy(() -> directory.watch(secrets -> secrets.read("api-key")))
                .isInstanceOf(SecretException.class);
    }

    @Test
    void loadsChangedFile() throws IOException {
        write("api-key", "first");
        var watched = directory.watch(secrets -> secrets.read("api-key"));

        write("api-key", "second");

        await().atMost(Duration.ofMinutes(1)).until(() -> watched.current().equals(Secret.of("second")));
    }

    /** Kubernetes links each file through a folder link that it swaps in one step. */
    @Test
    void loadsFilesBehindSwappedLink() throws IOException {
        write("..first/api-key", "first");
        write("..second/api-key", "second");
        Files.createSymbolicLink(root.resolve("..data"), Path.of("..first"));
        Files.createSymbolicLink(root.resolve("api-key"), Path.of("..data/api-key"));
        var watched = directory.watch(secrets -> secrets.read("api-key"));

        Files.createSymbolicLink(root.resolve("..new"), Path.of("..second"));
        Files.move(root.resolve("..new"), root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        await().atMost(Duration.ofMinutes(1)).until(() -> watched.current().equals(Secret.of("second")));
    }

    @Test
    void keepsLastGoodValueAndCountsWhatItRefused(CapturedOutput output) throws IOException {
        var registry = new SimpleMeterRegistry();
        directory.bindTo(registry);
        write("api-key", "first");
        var watched = directory.watch(secrets -> parsed(secrets.read("api-key")));

        write("api-key", "broken");
        await().atMost(Duration.ofMinutes(1)).until(() -> reloads(registry, "refused") >= 1);

        assertThat(watched.current()).isEqualTo("first");
        assertThat(output).contains("[api-key]").doesNotContain("broken");

        write("api-key", "second");
        await().atMost(Duration.ofMinutes(1)).until(() -> watched.current().equals("second"));
        assertThat(reloads(registry, "loaded")).isPositive();
    }

    @Test
    void stopsWatchingWhenClosed() throws IOException {
        write("api-key", "first");
        var closed = directory.watch(secrets -> secrets.read("api-key"));
        var open = directory.watch(secrets -> secrets.read("api-key"));
        closed.close();

        write("api-key", "second");

        await().atMost(Duration.ofMinutes(1)).until(() -> open.current().equals(Secret.of("second")));
        assertThat(closed.current()).isEqualTo(Secret.of("first"));
    }

    private static String parsed(Secret secret) {
        if (secret.reveal().equals("broken")) {
            throw new IllegalArgumentException("cannot parse broken");
        }
        return secret.reveal();
    }

    private static double reloads(SimpleMeterRegistry registry, String outcome) {
        return registry.get("secrets.reloads")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    private void write(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, content);
    }
}
