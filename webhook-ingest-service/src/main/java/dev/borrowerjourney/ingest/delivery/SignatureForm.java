package dev.borrowerjourney.ingest.delivery;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the platform writes a signature into its header. Each signature has exactly one such form.
 *
 * @param prefix what stands before it, {@code sha256=} for example
 */
record SignatureForm(
        @DefaultValue("") String prefix,
        @DefaultValue("hex") Encoding encoding) {

    private static final Pattern PREFIX = Pattern.compile("[!-~]{0,32}");

    enum Encoding {
        HEX("[0-9a-f]{64}", "64 lowercase hexadecimal digits"),
        /** The last character of 32 bytes holds four bits only, so that sixteen characters may stand there. */
        BASE64("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=", "44 characters of base64");

        private final Pattern shape;
        private final String expected;

        Encoding(String shape, String expected) {
            this.shape = Pattern.compile(shape);
            this.expected = expected;
        }

        private byte[] decode(String text) {
            return switch (this) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        }
    }

    SignatureForm {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("ingest.webhook.signature.prefix: " + prefix
                    + " (expected: up to 32 visible ASCII characters, for example sha256=)");
        }
    }

    /** What a header must look like, for people. */
    String expected() {
        return prefix.isEmpty() ? encoding.expected : prefix + " and " + encoding.expected;
    }

    /** The signature in a header, if it has this form. */
    Optional<Signature> read(String header) {
        if (!header.startsWith(prefix)) {
            return Optional.empty();
        }
        var text = header.substring(prefix.length());
        return encoding.shape.matcher(text).matches()
                ? Optional.of(new Signature(header, encoding.decode(text)))
                : Optional.empty();
    }
}
