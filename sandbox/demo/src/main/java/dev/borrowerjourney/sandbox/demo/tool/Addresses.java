package dev.borrowerjourney.sandbox.demo.tool;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses that webhooks may be sent to: this machine's own. */
final class Addresses {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private Addresses() {}

    static URI loopback(String option, @Nullable String text) {
        if (text == null) {
            throw new Words.Misunderstood(option + ": missing (expected: an http URL of this machine)");
        }
        try {
            var url = URI.create(text);
            if ("http".equals(url.getScheme()) && url.getHost() != null && LOOPBACK.contains(url.getHost())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new Words.Misunderstood(option + ": '" + text + "' is no URL");
        }
        throw new Words.Misunderstood(option + ": '" + text
                + "' (expected: an http URL of this machine, such as http://127.0.0.1:3000/hook)");
    }
}
