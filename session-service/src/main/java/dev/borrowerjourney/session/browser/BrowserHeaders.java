package dev.borrowerjourney.session.browser;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer tells browsers, whoever writes it. */
public final class BrowserHeaders {

    /** Data of one borrower, that nobody may keep, frame or run. */
    static final Map<String, String> SECURITY = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            // Ignored by browsers on plain http, so it is safe before a proxy that ends TLS.
            "Strict-Transport-Security", "max-age=31536000",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private static final List<String> VARY =
            List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");

    private BrowserHeaders() {}

    /** Those of an answer to a request that named no origin; each replaces what stood there. */
    public static void forEach(BiConsumer<String, Iterable<String>> header) {
        SECURITY.forEach((name, value) -> header.accept(name, List.of(value)));
        header.accept("Vary", VARY);
    }
}
