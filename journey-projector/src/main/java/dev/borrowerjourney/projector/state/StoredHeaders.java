package dev.borrowerjourney.projector.state;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Headers of a dead letter as bytes: JSON of name to base64, since a header may hold what text may not. */
public final class StoredHeaders {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredHeaders() {}

    public static byte[] write(Map<String, byte[]> headers) {
        var members = JSON.createObjectNode();
        headers.forEach((name, value) -> members.put(name, Base64.getEncoder().encodeToString(value)));
        return JSON.writeValueAsBytes(members);
    }

    public static Map<String, byte[]> read(byte[] json) {
        var headers = new HashMap<String, byte[]>();
        JSON.readTree(json)
                .properties()
                .forEach(member -> headers.put(
                        member.getKey(),
                        Base64.getDecoder().decode(member.getValue().asString())));
        return headers;
    }
}
