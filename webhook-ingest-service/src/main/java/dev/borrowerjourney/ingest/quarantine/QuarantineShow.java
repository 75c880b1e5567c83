package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.ingest.delivery.Redelivery;
import dev.borrowerjourney.ingest.delivery.Reread;
import dev.borrowerjourney.ingest.snapshot.MaskedBody;
import dev.borrowerjourney.schemas.event.SealedDelivery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a delivery and shows it masked. */
record QuarantineShow(KafkaQuarantine quarantine, Redelivery redelivery, Clock clock) {

    /**
     * @param today what the present reader makes of the body
     * @param bytes the body's length, null if it could not be opened
     * @param sha256 of the body as it was sealed
     * @param badByte where the body stops being JSON, null if it is JSON
     * @param masked null if it is no JSON
     */
    record Shown(
            Entry entry,
            String today,
            @Nullable Integer bytes,
            @Nullable String sha256,
            @Nullable Long badByte,
            @Nullable String masked) {}

    int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(line, "--application=", "--by=", "--why=", "--json=");
        var eventId = arguments.word("an event id");
        var audit = Audit.ofReading("quarantine show", arguments);
        var filter = Filter.of(arguments, clock);
        var shown = new ArrayList<Shown>();
        quarantine.entries().stream()
                .filter(filter)
                .filter(entry -> entry.eventId().equals(eventId))
                .forEach(entry -> shown.add(shown(entry)));
        shown.forEach(one -> print(one, out));
        if (shown.isEmpty()) {
            System.err.println("event " + eventId + ": not in quarantine");
        }
        audit.note(eventId, shown.isEmpty() ? "NOT_FOUND" : "SHOWN_MASKED");
        JsonResult.write(arguments, shown);
        var all = !shown.isEmpty() && shown.stream().allMatch(one -> one.bytes() != null);
        return all ? OperatorCommand.OK : OperatorCommand.FAILED;
    }

    private Shown shown(Entry entry) {
        var kept = quarantine.sealed(entry).kept();
        var today = today(redelivery.read(kept));
        return redelivery
                .open(kept)
                .map(opened -> shown(entry, today, opened))
                .orElseGet(() -> new Shown(entry, today, null, null, null, null));
    }

    private static Shown shown(Entry entry, String today, SealedDelivery opened) {
        var body = bytes(opened.getBody());
        var sha256 = HexFormat.of().formatHex(bytes(opened.getSha256()));
        return switch (MaskedBody.look(body)) {
            case MaskedBody.Look.Json(var masked) -> new Shown(entry, today, body.length, sha256, null, masked);
            case MaskedBody.Look.NoJson(var badByte) -> new Shown(entry, today, body.length, sha256, badByte, null);
        };
    }

    private static String today(Reread reread) {
        return switch (reread) {
            case Reread.Legible _ -> "LEGIBLE";
            case Reread.Illegible(var reason, var place) -> place.isEmpty() ? reason.name() : reason + " at " + place;
            case Reread.Foreign() -> "FOREIGN_BODY";
            case Reread.Unopened() -> "NOT_OPENED";
        };
    }

    private static void print(Shown shown, PrintStream out) {
        var entry = shown.entry();
        var released = entry.released();
        out.println("event       " + entry.eventId());
        out.println("application " + entry.applicationId() + ", secret " + entry.secretId());
        out.println("received    " + entry.receivedAt() + ", partition " + entry.partition() + ", offset "
                + entry.offset());
        out.println("released    " + (released == null ? "no" : released.at() + " by " + released.by()));
        out.println("reason then " + entry.reason() + (entry.detail() == null ? "" : " at " + entry.detail()));
        out.println("reads today " + shown.today());
        if (shown.bytes() == null) {
            out.println("body        not opened: no key of the application opens it, or it was changed");
            return;
        }
        out.println("body        " + shown.bytes() + " bytes, SHA-256 " + shown.sha256());
        out.println(shown.masked() == null ? "no JSON from byte " + shown.badByte() + " on" : shown.masked());
        out.println();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
