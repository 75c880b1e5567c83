package dev.borrowerjourney.ingest.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.borrowerjourney.ingest.delivery.DeliveryHeaders.Read;
import dev.borrowerjourney.ingest.delivery.SignatureForm.Encoding;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold for any five headers. An input has them in the order of the documentation, each on a line of its own; a
 * line may hold several values, parted by a tab.
 */
public final class HeadersFuzzer {

    private static final HeaderNames NAMES =
            new HeaderNames("Event", "Tenant", "Application", "Timestamp", "Signature");
    private static final List<String> ORDER = List.of("Event", "Tenant", "Application", "Timestamp", "Signature");
    private static final List<HeaderReader> READERS = List.of(
            new HeaderReader(NAMES, new SignatureForm("", Encoding.HEX)),
            new HeaderReader(NAMES, new SignatureForm("sha256=", Encoding.BASE64)));
    private static final Instant LATEST = Instant.ofEpochSecond(100_000_000_000L);

    private HeadersFuzzer() {}

    /** Called by Jazzer with each input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) {
        var headers = headers(new String(input, ISO_8859_1));
        for (var reader : READERS) {
            switch (reader.read(name -> headers.getOrDefault(name, List.of()))) {
                case Read.Shapely(var read) -> checkShapely(read, headers);
                case Read.Misshapen misshapen ->
                    expect(
                            ORDER.stream().anyMatch(name -> misshapen.detail().startsWith(name + ": ")),
                            "a complaint names a header");
            }
        }
    }

    private static void checkShapely(DeliveryHeaders read, Map<String, List<String>> headers) {
        headers.values().forEach(values -> expect(values.size() == 1, "a header is there once"));
        expect(List.of(read.timestamp()).equals(headers.get("Timestamp")), "the timestamp stays verbatim");
        expect(List.of(read.signature().verbatim()).equals(headers.get("Signature")), "the signature stays verbatim");
        var tenant = headers.getOrDefault("Tenant", List.of("")).getFirst();
        expect(tenant.equalsIgnoreCase(read.tenantId().toString()), "a UUID is read as it is written");
        SignedAt.read(read.timestamp())
                .ifPresent(at ->
                        expect(!at.isBefore(Instant.EPOCH) && at.isBefore(LATEST), "a moment can be held by a record"));
    }

    private static Map<String, List<String>> headers(String text) {
        var lines = text.split("\n", ORDER.size());
        var headers = new HashMap<String, List<String>>();
        for (int i = 0; i < lines.length; i++) {
            headers.put(ORDER.get(i), List.of(lines[i].split("\t", -1)));
        }
        return headers;
    }

    private static void expect(boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException("broken: " + law);
        }
    }
}
