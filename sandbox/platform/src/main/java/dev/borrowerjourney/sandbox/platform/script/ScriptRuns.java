package dev.borrowerjourney.sandbox.platform.script;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.webhook.SecretRotation;
import dev.borrowerjourney.sandbox.platform.webhook.Subscriptions;
import jakarta.annotation.PreDestroy;
import java.net.URI;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one script at a time. However it ends, switches, subscriptions and secret are set right again. */
@Component
public class ScriptRuns {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptRuns.class);

    private final Switches switches;
    private final Faults faults;
    private final Subscriptions subscriptions;
    private final SecretRotation rotation;
    private final PlatformClock clock;
    private final SandboxPlatformProperties properties;
    private @Nullable Run latest;

    ScriptRuns(
            Switches switches,
            Faults faults,
            Subscriptions subscriptions,
            SecretRotation rotation,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.switches = switches;
        this.faults = faults;
        this.subscriptions = subscriptions;
        this.rotation = rotation;
        this.clock = clock;
        this.properties = properties;
    }

    public enum State {
        RUNNING,
        ENDED,
        STOPPED
    }

    /**
     * How far a script is.
     *
     * @param phase from 1; the last one once it has ended
     * @param phaseEndsAt null once it has ended
     */
    public record Progress(
            String script,
            State state,
            long seed,
            int phase,
            int phases,
            String phaseName,
            @Nullable Instant phaseEndsAt,
            Map<Switch, Long> struck) {}

    private static final class Run {

        private final CountDownLatch stop = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final Map<UUID, Optional<URI>> subscribed = new HashMap<>();
        private final Set<URI> pointed = new HashSet<>();
        private boolean unsubscribes;
        private boolean rotates;
        private volatile Progress progress;

        Run(Progress progress) {
            this.progress = progress;
        }
    }

    /**
     * Begins a script.
     *
     * @throws IllegalStateException if one runs
     */
    public synchronized Progress start(Script script, long seed) {
        if (latest != null && latest.over.getCount() > 0) {
            throw new IllegalStateException("A script runs already; stop it first.");
        }
        Run run = new Run(progress(script, seed, 0, State.RUNNING, null));
        properties.applications().stream()
                .map(SandboxPlatformProperties.Application::applicationId)
                .forEach(id -> run.subscribed.put(id, subscriptions.url(id)));
        latest = run;
        faults.beginAnew();
        Thread.ofVirtual().name("script").start(() -> play(script, seed, run));
        return run.progress;
    }

    /** The running or the latest script. */
    public synchronized Optional<Progress> progress() {
        return Optional.ofNullable(latest)
                .map(run -> run.progress.state() == State.RUNNING ? struck(run.progress) : run.progress);
    }

    /** Ends the running script and waits until everything is right again. */
    @PreDestroy
    public void stop() throws InterruptedException {
        Run run;
        synchronized (this) {
            run = latest;
        }
        if (run != null) {
            run.stop.countDown();
            run.over.await();
        }
    }

    private void play(Script script, long seed, Run run) {
        int number = 0;
        boolean stopped = false;
        try {
            while (!stopped && number < script.phases().size()) {
                Script.Phase phase = script.phases().get(number);
                run.progress = progress(
                        script, seed, number, State.RUNNING, clock.now().plus(phase.lasts()));
                begin(phase, seed, run);
                stopped = run.stop.await(phase.lasts().toMillis(), TimeUnit.MILLISECONDS);
                number++;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A script failed", e);
            stopped = true;
        } finally {
            try {
                setRight(run);
                run.progress =
                        progress(script, seed, Math.max(0, number - 1), stopped ? State.STOPPED : State.ENDED, null);
            } finally {
                run.over.countDown();
            }
        }
    }

    private void begin(Script.Phase phase, long seed, Run run) {
        Map<Switch, Object> values = new EnumMap<>(Switch.class);
        values.put(Switch.SEED, seed);
        values.putAll(phase.switches());
        faults.liftAll();
        switches.set(Switches.State.DEFAULT.with(values));
        phase.limited().forEach(one -> faults.limit(one.switches(), one.borrower(), one.path(), one.calls()));
        Script.Subscription subscription = phase.subscription();
        run.unsubscribes |= subscription != null || switches.current().amount(Switch.SUBSCRIPTION_LOSS_MILLIS) > 0;
        run.rotates |= phase.rotate();
        if (subscription != null && subscription.url() != null) {
            run.pointed.add(subscription.url());
        }
        for (SandboxPlatformProperties.Application application : properties.applications()) {
            if (subscription != null) {
                subscriptions.set(application.applicationId(), subscription.url());
            }
            if (phase.rotate()) {
                rotation.rotate(application.applicationId(), SecretRotation.HANDOVER, SecretRotation.OVERLAP);
            }
        }
    }

    private void setRight(Run run) {
        guarded(faults::liftAll);
        guarded(() -> switches.set(Switches.State.DEFAULT));
        run.subscribed.forEach((id, url) -> {
            guarded(() -> subscribeAgain(id, url, run));
            if (run.rotates) {
                guarded(() -> rotation.undo(id));
            }
        });
    }

    /** Where the partner had webhooks sent meanwhile, they go on being sent. */
    private void subscribeAgain(UUID applicationId, Optional<URI> before, Run run) {
        Optional<URI> now = subscriptions.url(applicationId);
        boolean ours = run.unsubscribes && now.map(run.pointed::contains).orElse(true);
        if (ours && !now.equals(before)) {
            subscriptions.set(applicationId, before.orElse(null));
        }
    }

    /** One thing that cannot be set right, as on a full disk, keeps no other from it. */
    private static void guarded(Runnable undo) {
        try {
            undo.run();
        } catch (RuntimeException e) {
            LOG.error("After a script something could not be set right", e);
        }
    }

    private Progress struck(Progress progress) {
        return new Progress(
                progress.script(),
                progress.state(),
                progress.seed(),
                progress.phase(),
                progress.phases(),
                progress.phaseName(),
                progress.phaseEndsAt(),
                faults.struck());
    }

    private Progress progress(Script script, long seed, int number, State state, @Nullable Instant endsAt) {
        return new Progress(
                script.name(),
                state,
                seed,
                number + 1,
                script.phases().size(),
                script.phases().get(number).name(),
                endsAt,
                faults.struck());
    }
}
