package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.Watched;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals what must not lie readable in the database. A sealed value opens only in the row and column it was sealed for. The
 * keyset's primary key seals, each of its keys opens, and a changed keyset is taken up without a restart.
 */
class TokenSeal {

    private static final String FILE = "keyset.json";

    private final Watched<Aead> aead;

    TokenSeal(SecretDirectory secrets) {
        aead = secrets.watch(directory -> aeadOf(directory.read(FILE)));
    }

    Sealed seal(Secret secret, UUID row, String column) {
        try {
            return Sealed.of(aead.current().encrypt(secret.utf8(), associatedData(row, column)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing needs nothing that can be missing.", e);
        }
    }

    /** Fails if the keyset has lost the key, or if the value was moved or changed. */
    Secret open(Sealed sealed, UUID row, String column) {
        try {
            return Secret.of(new String(aead.current().decrypt(sealed.bytes(), associatedData(row, column)), UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    column + " of " + row + ": does not open (expected: sealed for it by a key of " + FILE + ")", e);
        }
    }

    private static byte[] associatedData(UUID row, String column) {
        return (row + "\u001f" + column).getBytes(UTF_8);
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
