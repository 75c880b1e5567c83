package dev.borrowerjourney.notifier.device;

import com.google.crypto.tink.subtle.EllipticCurves;
import com.google.crypto.tink.subtle.EllipticCurves.CurveType;
import com.google.crypto.tink.subtle.EllipticCurves.PointFormatType;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a registration, as apps send it. No complaint repeats what was sent.
 *
 * @param channel a {@link Channel}
 * @param subscription for Web Push, as a browser's PushSubscription writes itself
 * @param serverKey our key that the subscription was made with; null means the present one
 * @param token for FCM and APNs
 * @param locale a language tag of BCP 47; null means English
 * @param timeZone a name of the IANA database, or null
 */
record RegistrationBody(
        @Nullable String channel,
        @Nullable Subscription subscription,
        @Nullable String serverKey,
        @Nullable String token,
        @Nullable String locale,
        @Nullable String timeZone) {

    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final Pattern FCM_TOKEN = Pattern.compile("[A-Za-z0-9:_-]{20,4096}");
    private static final Pattern APNS_TOKEN = Pattern.compile("(?:[0-9A-Fa-f]{2}){32,100}");
    private static final int HTTPS = 443;
    private static final int LONGEST_ENDPOINT = 2048;
    private static final int LONGEST_TAG = 35;
    private static final int POINT_BYTES = 65;
    private static final int AUTH_BYTES = 16;

    record Subscription(@Nullable String endpoint, @Nullable Keys keys) {}

    record Keys(@Nullable String p256dh, @Nullable String auth) {}

    static boolean fitsDevice(String deviceId) {
        return DEVICE_ID.matcher(deviceId).matches();
    }

    /**
     * Checks everything that can be checked without asking anybody.
     *
     * @param serverKeys those that are mounted, the present one first
     */
    Registration checked(String deviceId, PushServices services, Predicate<Channel> on, List<String> serverKeys) {
        if (!fitsDevice(deviceId)) {
            throw unfit("The device's id has to be 16 to 64 letters, digits, - and _, best a random UUID.");
        }
        var known = knownChannel();
        // Asked once: the keys may be taken away in between.
        if (known == Channel.WEB_PUSH ? serverKeys.isEmpty() : !on.test(known)) {
            throw HttpProblem.CHANNEL_OFF.because("No pushes are sent over " + known + " here.");
        }
        var address =
                switch (known) {
                    case WEB_PUSH -> address(services, serverKeys);
                    case FCM -> address(FCM_TOKEN, "as Firebase gives it to the app", UnaryOperator.identity());
                    // Some apps write it in capitals; it is the same device.
                    case APNS ->
                        address(APNS_TOKEN, "the device token in hexadecimal", token -> token.toLowerCase(Locale.ROOT));
                };
        return new Registration(deviceId, known, address, knownLocale(), knownZone());
    }

    private Channel knownChannel() {
        return Arrays.stream(Channel.values())
                .filter(known -> known.name().equals(channel))
                .findFirst()
                .orElseThrow(() -> unfit("Send channel, one of " + Arrays.toString(Channel.values()) + "."));
    }

    private Address address(Pattern shape, String expected, UnaryOperator<String> spelling) {
        if (token == null || !shape.matcher(token).matches()) {
            throw unfit("Send token, " + expected + ".");
        }
        return new Address.Token(Secret.of(spelling.apply(token)));
    }

    private Address address(PushServices services, List<String> serverKeys) {
        var sent = Objects.requireNonNullElse(subscription, new Subscription(null, null));
        var keys = Objects.requireNonNullElse(sent.keys(), new Keys(null, null));
        return new Address.Subscription(
                endpoint(sent.endpoint(), services),
                point(keys.p256dh()),
                Secret.of(encoded(bytes(keys.auth(), "auth", AUTH_BYTES))),
                knownServerKey(serverKeys));
    }

    private static Secret endpoint(@Nullable String endpoint, PushServices services) {
        if (endpoint == null || endpoint.length() > LONGEST_ENDPOINT) {
            throw unfit("Send subscription.endpoint, at most " + LONGEST_ENDPOINT + " characters.");
        }
        try {
            var uri = URI.create(endpoint);
            if (services.serviceOf(uri).isPresent()) {
                return Secret.of(spelled(uri));
            }
        } catch (IllegalArgumentException _) {
            // No URI is at no push service either.
        }
        throw unfit("subscription.endpoint is not at a push service that is known here.");
    }

    /** In one way, because an address has one owner: a host is the same in capitals, and 443 is the port of https anyway. */
    private static String spelled(URI uri) {
        var ascii = uri.toASCIIString();
        var rest = ascii.substring(uri.getScheme().length()
                + "://".length()
                + uri.getRawAuthority().length());
        var port = uri.getPort();
        var standard = port == -1 || ("https".equals(uri.getScheme()) && port == HTTPS);
        return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (standard ? "" : ":" + port) + rest;
    }

    private static Secret point(@Nullable String p256dh) {
        var point = bytes(p256dh, "p256dh", POINT_BYTES);
        try {
            // A point off the curve would give away something of the key that it is multiplied with.
            var _ = EllipticCurves.pointDecode(CurveType.NIST_P256, PointFormatType.UNCOMPRESSED, point);
        } catch (GeneralSecurityException _) {
            throw unfit("subscription.keys.p256dh is no point of P-256.");
        }
        return Secret.of(encoded(point));
    }

    private static byte[] bytes(@Nullable String text, String name, int length) {
        try {
            var bytes = Base64.getUrlDecoder().decode(Objects.requireNonNullElse(text, ""));
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw unfit("Send subscription.keys." + name + ", " + length + " bytes in base64url.");
    }

    private String knownServerKey(List<String> serverKeys) {
        if (serverKey == null) {
            return serverKeys.getFirst();
        }
        var named = serverKey.replace("=", "");
        if (!serverKeys.contains(named)) {
            throw HttpProblem.SERVER_KEY_UNKNOWN
                    .because("The subscription was made with a key that is not used any more. Subscribe anew.")
                    .member("webPushKey", serverKeys.getFirst());
        }
        return named;
    }

    private Locale knownLocale() {
        if (locale == null) {
            return Locale.ENGLISH;
        }
        try {
            if (!locale.isBlank() && locale.length() <= LONGEST_TAG) {
                return new Locale.Builder().setLanguageTag(locale).build();
            }
        } catch (IllformedLocaleException _) {
            // Said below.
        }
        throw unfit("locale has to be a language tag, such as hi-IN.");
    }

    private @Nullable ZoneId knownZone() {
        if (timeZone == null) {
            return null;
        }
        return TimeZones.find(timeZone)
                .orElseThrow(() -> unfit("timeZone has to be a name of the IANA database, such as Asia/Kolkata."));
    }

    private static RuntimeException unfit(String complaint) {
        return HttpProblem.DEVICE_UNFIT.because(complaint);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "RegistrationBody[" + channel + "]";
    }
}
