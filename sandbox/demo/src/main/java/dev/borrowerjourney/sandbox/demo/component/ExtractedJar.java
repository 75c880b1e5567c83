package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.process.JavaCommand;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A service's jar laid out as a jar with its libraries beside it, as the images do, too: that starts a third sooner. */
final class ExtractedJar {

    private final Layout layout;
    private final String name;
    private final Path jar;

    ExtractedJar(Layout layout, String name, Path jar) {
        this.layout = layout;
        this.name = name;
        this.jar = jar;
    }

    /** The jar to start; extracted anew if the built one is another than last time. */
    Path get(Supervisor supervisor) throws IOException, InterruptedException {
        // Reproducible builds give every jar the same date and often the same size.
        var directory = layout.tools().resolve(name).resolve(hash());
        if (!Files.exists(directory)) {
            OwnFiles.deleteTree(OwnFiles.directoryOf(directory));
            var unfinished = directory.resolveSibling("unfinished");
            supervisor.runToEnd(new Launch(
                    name + "-extraction",
                    JavaCommand.withHeap(64)
                            .with("-Djarmode=tools")
                            .jar(jar, "extract", "--destination", unfinished.toString()),
                    layout.tools(),
                    layout.logs().resolve(name + "-extraction.log")));
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return directory.resolve(jar.getFileName());
    }

    private String hash() throws IOException {
        try (var content = new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
