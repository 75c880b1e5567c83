package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.projector.projection.Legibility;
import java.io.IOException;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows the record of a dead letter, masked. */
record DeadLetterShow(PostgresDeadLetters letters, Legibility legibility, KafkaMaskedSnapshot mask) {

    /**
     * @param today what the version of this jar makes of the record
     * @param bytes the value's length, null if the record has none
     * @param masked null if the value cannot be decoded
     */
    record Shown(
            Entry entry,
            String today,
            Map<String, String> headers,
            @Nullable Integer bytes,
            @Nullable String sha256,
            @Nullable String masked) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(line, "--by=", "--why=", "--json=");
        var audit = Audit.ofReading("dead-letters show", arguments);
        var selection = Selection.one(arguments);
        var id = Objects.requireNonNull(selection.id()).toString();
        var shown = letters.inOrderOfTheLog(selection, Integer.MAX_VALUE).stream()
                .map(this::shown)
                .toList();
        shown.forEach(one -> print(one, out));
        if (shown.isEmpty()) {
            System.err.println(id + ": no such dead letter");
        }
        audit.note(id, shown.isEmpty() ? "NOT_FOUND" : "SHOWN_MASKED");
        JsonResult.write(arguments, shown);
        return shown.isEmpty() ? OperatorCommand.FAILED : OperatorCommand.OK;
    }

    private Shown shown(Entry entry) {
        var content = letters.content(entry);
        var value = content.value();
        return new Shown(
                entry,
                today(content),
                mask.headers(content.headers()),
                value == null ? null : value.length,
                value == null ? null : sha256(value),
                value == null ? null : mask.value(value).orElse(null));
    }

    private String today(Content content) {
        try {
            return legibility.today(content.key(), content.value(), content.headers());
        } catch (RuntimeException e) {
            return "unknown: the registry does not give its schema";
        }
    }

    private static void print(Shown shown, PrintStream out) {
        var entry = shown.entry();
        out.println("dead letter " + entry.id());
        out.println("key         " + Objects.requireNonNullElse(entry.key(), "none"));
        out.println("recorded    " + entry.recordedAt() + ", given up " + entry.foundAt());
        out.println("state       " + entry.told());
        if (entry.decision() != null) {
            out.println("because     " + entry.decision().why());
        }
        if (entry.replayOf() != null) {
            out.println("replay of   " + entry.replayOf());
        }
        out.println("reason then " + entry.why());
        out.println("reads today " + shown.today());
        shown.headers().forEach((name, value) -> out.println("header      " + name + ": " + value));
        if (shown.bytes() == null) {
            out.println("value       none");
        } else {
            out.println("value       " + shown.bytes() + " bytes, SHA-256 " + shown.sha256());
            out.println(shown.masked() == null ? "cannot be decoded" : shown.masked());
        }
        out.println();
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
