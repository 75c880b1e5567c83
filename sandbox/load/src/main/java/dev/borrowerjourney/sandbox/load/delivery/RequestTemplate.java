package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A whole HTTP request with places to fill in. Written as text with {@code <SLOT>} or {@code <SLOT:index>} for each place.
 * The bytes are filled in again and again, so an instance belongs to one thread.
 */
final class RequestTemplate {

    private static final Pattern PLACE = Pattern.compile("<([A-Z_]+)(?::([0-9]))?>");

    private final byte[] bytes;
    private final int bodyAt;
    private final Place[] places;
    private final int timestampAt;
    private final int signatureAt;

    /**
     * One place to fill in.
     *
     * @param index tells several values of one kind apart
     */
    record Place(Slot slot, int index, int at) {}

    private RequestTemplate(byte[] bytes, int bodyAt, List<Place> places) {
        this.bytes = bytes;
        this.bodyAt = bodyAt;
        this.places = places.toArray(Place[]::new);
        this.timestampAt = firstAt(places, Slot.SIGNED_AT);
        this.signatureAt = firstAt(places, Slot.SIGNATURE);
    }

    /**
     * Puts head and body together.
     *
     * @param head without {@code Content-Length} and the empty line at its end
     */
    static RequestTemplate of(String head, String body) {
        int length = filled(body).length();
        var text = head + "Content-Length: " + length + "\r\n\r\n" + body;
        var bytes = filled(text).getBytes(US_ASCII);
        return new RequestTemplate(bytes, bytes.length - length, places(text));
    }

    private static String filled(String text) {
        return PLACE.matcher(text)
                .replaceAll(place -> Slot.valueOf(place.group(1)).blank());
    }

    private static List<Place> places(String text) {
        var places = new ArrayList<Place>();
        var matcher = PLACE.matcher(text);
        int grown = 0;
        while (matcher.find()) {
            var slot = Slot.valueOf(matcher.group(1));
            int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            places.add(new Place(slot, index, matcher.start() + grown));
            grown += slot.width - (matcher.end() - matcher.start());
        }
        return places;
    }

    byte[] bytes() {
        return bytes;
    }

    int bodyAt() {
        return bodyAt;
    }

    int bodyLength() {
        return bytes.length - bodyAt;
    }

    Place[] places() {
        return places;
    }

    int timestampAt() {
        return timestampAt;
    }

    int signatureAt() {
        return signatureAt;
    }

    private static int firstAt(List<Place> places, Slot slot) {
        return places.stream()
                .filter(place -> place.slot() == slot)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("template without <" + slot + ">"))
                .at();
    }
}
