package dev.borrowerjourney.ingest.snapshot;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory.Feature;
import tools.jackson.core.json.JsonFactory;

/** JSON as systems exchange it: UTF-8 and nothing else (RFC 8259, 8.1). Guessing among encodings can fail by itself. */
final class Utf8Json {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Utf8Json() {}

    static JsonFactory within(StreamReadConstraints constraints) {
        return JsonFactory.builder()
                .disable(Feature.CHARSET_DETECTION)
                .streamReadConstraints(constraints)
                .build();
    }

    /** Begins behind a byte order mark, which some put where none should be. */
    static JsonParser parser(JsonFactory factory, byte[] body) {
        int start = isMarked(body) ? MARK.length : 0;
        return factory.createParser(ObjectReadContext.empty(), body, start, body.length - start);
    }

    private static boolean isMarked(byte[] body) {
        return body.length >= MARK.length && body[0] == MARK[0] && body[1] == MARK[1] && body[2] == MARK[2];
    }
}
