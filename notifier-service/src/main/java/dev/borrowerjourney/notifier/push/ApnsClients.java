package dev.borrowerjourney.notifier.push;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The connections to Apple, one client an application, made anew when its credentials change. */
final class ApnsClients implements AutoCloseable {

    private final PushProperties properties;
    private final Map<UUID, Held> held = new HashMap<>();

    ApnsClients(PushProperties properties) {
        this.properties = properties;
    }

    private record Held(Credentials.Apns credentials, ApnsClient client) {}

    synchronized ApnsClient of(UUID applicationId, Credentials.Apns credentials) throws IOException {
        var known = held.get(applicationId);
        if (known != null && known.credentials().equals(credentials)) {
            return known.client();
        }
        var client = client(credentials);
        held.put(applicationId, new Held(credentials, client));
        if (known != null) {
            // Lets what was sent already have its answer.
            var _ = known.client().close();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        held.values().forEach(known -> known.client().close().join());
        held.clear();
    }

    private ApnsClient client(Credentials.Apns credentials) throws IOException {
        var settings = properties.apns();
        var builder = new ApnsClientBuilder()
                .setApnsServer(settings.host(), settings.port())
                .setConnectionTimeout(properties.connectTimeout())
                .setGracefulShutdownTimeout(properties.timeout());
        var trusted = settings.trustedCertificates();
        if (trusted != null) {
            builder.setTrustedServerCertificateChain(trusted.toFile());
        }
        try {
            return builder.setSigningKey(key(credentials)).build();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the key for APNs signs nothing: " + e.getClass().getSimpleName());
        }
    }

    static ApnsSigningKey key(Credentials.Apns credentials) throws IOException, GeneralSecurityException {
        return ApnsSigningKey.loadFromInputStream(
                new ByteArrayInputStream(credentials.key().utf8()), credentials.teamId(), credentials.keyId());
    }
}
