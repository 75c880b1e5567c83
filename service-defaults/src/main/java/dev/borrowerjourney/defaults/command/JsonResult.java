package dev.borrowerjourney.defaults.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a command's result as {@code --json FILE} asks: the whole file or none of it. */
public final class JsonResult {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonResult() {}

    /** Does nothing if there is no {@code --json}. */
    public static void write(Arguments arguments, Object result) throws IOException {
        var file = arguments.path("--json");
        if (file.isEmpty()) {
            return;
        }
        var target = file.get().toAbsolutePath();
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(unfinished, JSON.writeValueAsString(result) + "\n");
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
