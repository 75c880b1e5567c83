package dev.borrowerjourney.session.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/** Tells by the head of an answer whether its body is looked through, passes as it is, or does not pass. */
class HttpAnswerTypes {

    private static final String STREAM_OF_JSON = "stream+json";

    private final List<MimeType> streamed;

    HttpAnswerTypes(RelayProperties properties) {
        this.streamed = properties.streamedTypes();
    }

    Kind of(HttpHeaders headers) {
        return of(headers.getOrEmpty(HttpHeaders.CONTENT_TYPE), headers.containsHeader(HttpHeaders.CONTENT_ENCODING));
    }

    /**
     * The same.
     *
     * @param types the values of {@code Content-Type}
     * @param encoded whether there is a {@code Content-Encoding}
     */
    Kind of(List<String> types, boolean encoded) {
        // Of two types nobody knows which one the app believes; and an encoded body cannot be looked through.
        if (types.size() != 1 || encoded) {
            return Kind.REFUSED;
        }
        try {
            var type = types.getFirst();
            return type.isEmpty() ? Kind.REFUSED : of(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException _) {
            return Kind.REFUSED;
        }
    }

    private Kind of(MediaType type) {
        if (isJson(type)) {
            return Kind.CLEANED;
        }
        return streamed.stream().anyMatch(type::equalsTypeAndSubtype) ? Kind.STREAMED : Kind.REFUSED;
    }

    /** One JSON text, in the only encoding that it may have. */
    private static boolean isJson(MediaType type) {
        var subtype = type.getSubtype();
        return type.getType().equals("application")
                && (subtype.equals("json") || (subtype.endsWith("+json") && !subtype.equals(STREAM_OF_JSON)))
                && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
    }

    /** What becomes of a body. */
    enum Kind {
        CLEANED,
        STREAMED,
        REFUSED
    }
}
