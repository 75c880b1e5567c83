package dev.borrowerjourney.defaults.secret;

import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last good value while the files behind it change. */
final class WatchedFiles<T> implements Watched<T> {

    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

    private final SecretDirectory directory;
    private final Function<SecretDirectory, T> load;
    private final Reloads reloads;
    private final Consumer<WatchedFiles<?>> forget;
    private volatile T value;
    private Fingerprint seen;

    WatchedFiles(
            SecretDirectory directory,
            Function<SecretDirectory, T> load,
            Reloads reloads,
            Consumer<WatchedFiles<?>> forget) {
        this.directory = directory;
        this.load = load;
        this.reloads = reloads;
        this.forget = forget;
        // Before the load: a change while loading must not be taken for seen.
        this.seen = directory.fingerprint();
        this.value = load.apply(directory);
    }

    @Override
    public T current() {
        return value;
    }

    @Override
    public void close() {
        forget.accept(this);
    }

    /** Never throws: an exception would end the timer, and with it every later reload. */
    void look() {
        var now = directory.fingerprint();
        if (now.equals(seen)) {
            return;
        }
        var changes = now.changesSince(seen);
        seen = now;
        try {
            value = load.apply(directory);
            reloads.countLoaded();
            log.info("Secrets loaded after a change of {}", changes);
        } catch (RuntimeException e) {
            reloads.countRefused();
            logRefused(changes, e);
        }
    }

    // A parser's message may quote what it read; only ours are known not to.
    private static void logRefused(SortedSet<String> changes, RuntimeException e) {
        var reason =
                e instanceof SecretException ? e.getMessage() : e.getClass().getSimpleName();
        log.error("Secrets not loaded after a change of {}, the earlier ones stay in use: {}", changes, reason);
    }
}
