package dev.borrowerjourney.notifier.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import dev.borrowerjourney.defaults.secret.Watched;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals addresses for the database. A sealed one opens only in the registration that it was sealed for. The keyset's primary
 * key seals, each of its keys opens, and a changed keyset is taken up without a restart. One that is removed stays in use.
 */
final class AddressSeal {

    private static final String FILE = "keyset.json";

    private final Watched<Optional<Aead>> aead;
    private volatile boolean mounted;

    AddressSeal(SecretDirectory secrets) {
        aead = secrets.watch(this::mountedIn);
    }

    private Optional<Aead> mountedIn(SecretDirectory directory) {
        var keys = directory.find(FILE).map(AddressSeal::aeadOf);
        if (mounted && keys.isEmpty()) {
            throw new SecretException(
                    FILE + ": removed (expected: an AEAD keyset, which seals the devices' addresses)");
        }
        mounted = keys.isPresent();
        return keys;
    }

    byte[] seal(Secret address, UUID registrationId) {
        try {
            return aead.current()
                    .orElseThrow(() -> new IllegalStateException(FILE + ": missing (expected: an AEAD keyset)"))
                    .encrypt(address.utf8(), associatedData(registrationId));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing needs nothing that can be missing.", e);
        }
    }

    /** Nothing if the keyset has lost the key, or if the address was moved or changed. */
    Optional<Secret> open(byte[] sealed, UUID registrationId) {
        var keys = aead.current();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Secret.of(new String(keys.orElseThrow().decrypt(sealed, associatedData(registrationId)), UTF_8)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static byte[] associatedData(UUID registrationId) {
        return (registrationId + "\u001faddress").getBytes(UTF_8);
    }

    private static Aead aeadOf(Secret keyset) {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.parseKeyset(
                            keyset.reveal(), RegistryConfiguration.get(), InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException _) {
            // The cause might quote the keyset.
            throw new IllegalArgumentException(FILE + ": unreadable (expected: an AEAD keyset in Tink's JSON format)");
        }
    }
}
