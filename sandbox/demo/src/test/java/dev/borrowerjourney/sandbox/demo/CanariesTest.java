package dev.borrowerjourney.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks through everything that tests printed finds what is there, and says so without repeating it. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
class CanariesTest {

    private static final Path SCRIPT = LauncherProcess.repository().resolve("sandbox/lib/canaries.sh");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.log, sk_test_planted-1234, API key",
        "a.out, bst_planted5678901234567890, session token",
        "a.err, hrt_planted5678901234567890, refresh token",
        "TEST-a.xml, eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0., JWT",
        "a.txt, pan=ABCDE1234F, PAN",
        "a.md, tel +919876543210 x, phone number",
        "reports/b.log, to planted.person@mail.example, e-mail address"
    })
    void findsWhatWasPlanted(String file, String planted, String kind) throws Exception {
        write("innocent.log", "nothing");
        write(file, "first line\n" + planted + "\n");

        var found = run(folder);

        assertThat(found.status()).isEqualTo(1);
        assertThat(found.output()).contains(file + ":2: " + kind);
        assertThat(found.output().contains(planted)).isFalse();
    }

    @Test
    void isContentWithWhatIsMasked() throws Exception {
        write("a.log", "sk_*** bst_*** at java.lang.Object@1a2b3c 9123456789 6f9619ff-8b86-4011-b42d-00c04fc964ff\n");
        write("data/broker.log", "asha@mail.example");

        assertThat(run(folder)).isEqualTo(new Ended(0, ""));
    }

    @Test
    void leavesOutWhatOthersPrintedBefore() throws Exception {
        write("old.log", "asha@mail.example");
        var old = Files.setLastModifiedTime(
                folder.resolve("old.log"), FileTime.from(Instant.now().minusSeconds(60)));
        write("stamp", "");
        Files.setLastModifiedTime(
                folder.resolve("stamp"), FileTime.from(Instant.now().minusSeconds(30)));
        write("new.log", "asha@mail.example");

        var found = run(Path.of("--since"), folder.resolve("stamp"), folder);

        assertThat(found.output())
                .contains("new.log")
                .doesNotContain(old.getFileName().toString());
    }

    @Test
    void wantsToKnowWhereToLook() throws Exception {
        assertThat(run().status()).isEqualTo(2);
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Ended run(Path... places) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        for (var place : places) {
            command.add(place.toString());
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int status, String output) {}
}
