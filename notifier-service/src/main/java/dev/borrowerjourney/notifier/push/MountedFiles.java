package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import dev.borrowerjourney.defaults.secret.Watched;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of the files of one channel, as long as they can be used. Those that cannot leave the earlier ones in use; at
 * the start, where there are none, they turn the channel off and nothing else. Where reading failed, nobody knows whether they
 * can be used, and nobody would look again before one of them changes: that stops the start, and the next one looks again.
 */
final class MountedFiles<T> {

    private static final Logger LOG = LoggerFactory.getLogger(MountedFiles.class);

    private final String name;
    private final T off;
    private final Watched<T> files;
    private volatile @Nullable String refusal;
    private volatile boolean started;

    private MountedFiles(SecretDirectory secrets, String name, T off, Function<SecretDirectory, T> load) {
        this.name = name;
        this.off = off;
        this.files = secrets.watch(now -> loaded(now, load));
        this.started = true;
    }

    static <T> MountedFiles<T> of(SecretDirectory secrets, String name, T off, Function<SecretDirectory, T> load) {
        return new MountedFiles<>(secrets, name, off, load);
    }

    T current() {
        return files.current();
    }

    /** Why the newest files are not used; nothing if they are. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    private T loaded(SecretDirectory now, Function<SecretDirectory, T> load) {
        try {
            var usable = load.apply(now);
            refusal = null;
            return usable;
        } catch (RuntimeException e) {
            // A parser's message may quote what it read; only ours are known not to.
            var reason =
                    e instanceof SecretException ? e.getMessage() : e.getClass().getSimpleName();
            refusal = reason;
            if (started || unread(e)) {
                // Whoever watches tells of it, counts it, and keeps the earlier value.
                throw e;
            }
            LOG.error("{} is off: {}", name, reason);
            return off;
        }
    }

    private static boolean unread(RuntimeException trouble) {
        return trouble instanceof UncheckedIOException
                || (trouble instanceof SecretException refused && refused.isUnread());
    }
}
