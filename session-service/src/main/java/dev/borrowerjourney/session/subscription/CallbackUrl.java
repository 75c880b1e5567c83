package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the platform is to send an application's webhooks. */
record CallbackUrl(URI uri) {

    static Optional<CallbackUrl> of(Application application) {
        return Optional.ofNullable(application.callbackUrl()).map(CallbackUrl::new);
    }

    /**
     * Whether the platform writes the same address, maybe otherwise: scheme and host in other case, the default port, an
     * empty path. A stricter comparison would subscribe for ever at a platform that tidies URLs up.
     */
    boolean same(@Nullable String theirs) {
        if (theirs == null) {
            return false;
        }
        try {
            var other = new URI(theirs);
            return other.getHost() != null && Address.of(uri).equals(Address.of(other));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private record Address(
            String scheme,
            String host,
            int port,
            String path,
            @Nullable String more) {

        static Address of(URI uri) {
            var scheme = Objects.toString(uri.getScheme(), "").toLowerCase(Locale.ROOT);
            var standard = scheme.equals("http") ? 80 : 443;
            return new Address(
                    scheme,
                    uri.getHost().toLowerCase(Locale.ROOT),
                    uri.getPort() < 0 ? standard : uri.getPort(),
                    uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                    // Ours has none of these, so a URL with any of them is another one.
                    more(uri));
        }

        private static @Nullable String more(URI uri) {
            var more = Objects.toString(uri.getRawUserInfo(), "")
                    + Objects.toString(uri.getRawQuery(), "")
                    + Objects.toString(uri.getRawFragment(), "");
            return more.isEmpty() ? null : more;
        }
    }
}
