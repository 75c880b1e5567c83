package dev.borrowerjourney.notifier.device;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The push services that we speak to. Endpoints come from apps, so without this list anybody with a token could have this
 * service send requests into the network around it.
 */
public final class PushServices {

    private static final int HTTPS = 443;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final List<String> hosts;
    private final boolean loopback;

    /**
     * Those of a list.
     *
     * @param hosts *. stands for any host below
     * @param loopback whether this machine is one, too, without encryption
     */
    public PushServices(List<String> hosts, boolean loopback) {
        this.hosts = hosts;
        this.loopback = loopback;
    }

    /** The push service that an endpoint is at, by its name in the list; none if it is at none. */
    public Optional<String> serviceOf(URI endpoint) {
        var host = endpoint.getHost();
        if (host == null || endpoint.getRawUserInfo() != null || endpoint.getRawFragment() != null) {
            return Optional.empty();
        }
        if (loopback && "http".equals(endpoint.getScheme()) && LOOPBACK.contains(host)) {
            return Optional.of(host);
        }
        var encrypted =
                "https".equals(endpoint.getScheme()) && (endpoint.getPort() == -1 || endpoint.getPort() == HTTPS);
        return encrypted
                ? hosts.stream()
                        .filter(known -> covers(known, host.toLowerCase(Locale.ROOT)))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean covers(String known, String host) {
        return known.startsWith("*.") ? host.endsWith(known.substring(1)) : host.equals(known);
    }
}
