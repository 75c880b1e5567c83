package dev.borrowerjourney.defaults.secret;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds a service's secrets as files, whoever mounted it. A change is seen within ten seconds; a change
 * that cannot be loaded leaves the last good value in use, is logged and counted.
 *
 * <p>As a bean it binds its counters by itself: {@code secrets.reloads{outcome=loaded|refused}}.
 */
public final class SecretDirectory implements AutoCloseable, MeterBinder {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Path root;
    private final Duration interval;
    private final Reloads reloads = new Reloads();
    private final List<WatchedFiles<?>> watched = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService timer;

    public SecretDirectory(Path root) {
        this(root, INTERVAL);
    }

    SecretDirectory(Path root, Duration interval) {
        this.root = root.toAbsolutePath().normalize();
        this.interval = interval;
        if (!Files.isDirectory(this.root)) {
            throw new SecretException("secrets directory " + this.root
                    + ": no directory (expected: the folder of this service's secrets)");
        }
    }

    /** Reads a file strictly: missing, empty, too large, no text or open to others is refused by name. */
    public Secret read(String relativePath) {
        return new SecretFile(resolve(relativePath)).read();
    }

    /** Reads a file that need not be there; one that is there is read as strictly as by {@link #read}. */
    public Optional<Secret> find(String relativePath) {
        var path = resolve(relativePath);
        // Not the same as "does not exist": a look that fails tells nothing.
        return Files.notExists(path) ? Optional.empty() : Optional.of(new SecretFile(path).read());
    }

    /** The names of files and folders in a folder, sorted; none if there is no such folder. */
    public List<String> list(String relativeDirectory) {
        var directory = resolve(relativeDirectory);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    // Kubernetes keeps what is behind its links in folders whose names begin with a dot.
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SecretException.of(
                    "secrets directory " + directory + ": unreadable, "
                            + e.getClass().getSimpleName() + " (expected: readable by this process)",
                    e);
        }
    }

    /**
     * Loads a value now and again after each change of any file. What the first load throws is thrown on, so that a
     * service with unusable secrets does not start.
     */
    public synchronized <T> Watched<T> watch(Function<SecretDirectory, T> load) {
        var files = new WatchedFiles<>(this, load, reloads, watched::remove);
        watched.add(files);
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("secrets").daemon().factory());
            var _ = timer.scheduleWithFixedDelay(
                    () -> watched.forEach(WatchedFiles::look),
                    interval.toMillis(),
                    interval.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        return files;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        reloads.bindTo(registry);
    }

    @Override
    public synchronized void close() {
        watched.clear();
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(root);
    }

    private Path resolve(String relativePath) {
        var path = root.resolve(relativePath).normalize();
        if (!path.startsWith(root)) {
            throw new SecretException(
                    "secret file: a path that leaves the secrets directory (expected: one inside it)");
        }
        return path;
    }

    @Override
    public String toString() {
        return "SecretDirectory[" + root + "]";
    }
}
