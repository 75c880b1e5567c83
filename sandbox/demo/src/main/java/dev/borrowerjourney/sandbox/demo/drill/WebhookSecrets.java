package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The receiver's webhook secrets, as the operator of a rotation handles them: files that come and go. */
final class WebhookSecrets {

    /**
     * A secret and the name of its file.
     *
     * @param value never shown
     */
    record Named(String id, String value) {

        @Override
        public String toString() {
            return "Named[id=" + id + "]";
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final Path directory;
    private final Path staging;
    private Named current;

    WebhookSecrets(Layout layout, String firstValue) {
        this.directory = new SandboxSecrets(layout.secrets())
                .directory(Stage.SERVICE)
                .resolve("webhook")
                .resolve(SandboxSecrets.APPLICATION_ID);
        this.staging = layout.target().resolve("staging");
        this.current = new Named(SandboxSecrets.WEBHOOK_SECRET_ID, firstValue);
    }

    /** What the platform signs with. */
    Named current() {
        return current;
    }

    /** Another one beside those that are there. */
    Named add(String id) throws IOException {
        var added = new Named(id, fresh());
        // Made elsewhere: the service must never see a file that is half there.
        var made = staging.resolve(id);
        OwnFiles.write(made, added.value());
        Files.move(made, directory.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        return added;
    }

    void switchTo(Named secret) {
        current = secret;
    }

    void remove(Named secret) throws IOException {
        Files.delete(directory.resolve(secret.id()));
    }

    /** One that no receiver knows. */
    String fresh() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
