package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedFilesTest {

    @TempDir
    Path root;

    @Test
    void isOffWhereFilesHoldWhatCannotBeUsed() {
        try (var secrets = new SecretDirectory(root)) {
            var files = mounted(secrets, new SecretException("fcm.json: no project_id (expected: a text)"));

            assertThat(files.current()).isEqualTo("off");
            assertThat(files.refusal()).contains("fcm.json: no project_id (expected: a text)");
        }
    }

    /** Nobody would look again before a file changes, and there is nothing in them to change. */
    @Test
    void stopsTheStartWhereReadingFailed() {
        var trouble = SecretException.of("fcm.json: unreadable, IOException", new IOException());
        try (var secrets = new SecretDirectory(root)) {
            assertThatThrownBy(() -> mounted(secrets, trouble)).isSameAs(trouble);
        }
    }

    private static MountedFiles<String> mounted(SecretDirectory secrets, RuntimeException trouble) {
        return MountedFiles.of(secrets, "FCM", "off", _ -> {
            throw trouble;
        });
    }
}
