package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for what is due from the start to the stop, and has it asked about by a bounded number of threads. */
final class ReconciliationJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationJob.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Tools tools;
    private final List<UUID> applications;
    private final int mostAtOnce;
    private final Semaphore places;
    private final ReconciliationMetrics metrics;
    private final Every forward = new Every(Duration.ofMillis(500));
    private final Every settlements = new Every(Duration.ofSeconds(1));
    private final Every aside = new Every(Duration.ofSeconds(5));
    private final Every measures = new Every(Duration.ofSeconds(15));
    private final Every clearance = new Every(Duration.ofMinutes(10));
    private CountDownLatch stopped = new CountDownLatch(0);
    private List<Thread> threads = List.of();
    private ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private boolean failing;

    ReconciliationJob(Tools tools, List<UUID> applications, int mostAtOnce, ReconciliationMetrics metrics) {
        this.tools = tools;
        this.applications = applications;
        this.mostAtOnce = mostAtOnce;
        this.places = new Semaphore(mostAtOnce);
        this.metrics = metrics;
    }

    /** What it works with. */
    record Tools(
            PostgresReconciliation rows,
            PostgresUpkeep upkeep,
            PostgresWatched watched,
            PostgresBudget budget,
            Callers callers,
            Visits visits,
            Look look,
            LogCircuit log,
            Incoming incoming) {}

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        workers = Executors.newVirtualThreadPerTaskExecutor();
        threads = List.of(
                Thread.ofVirtual().name("reconciliation").start(this::run),
                Thread.ofVirtual().name("reconciliation-incoming").start(tools.incoming()::run));
    }

    /** Looks that are under way end, so that what they heard is not lost; whoever waits longer is interrupted. */
    @Override
    public void stop() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        try {
            if (!places.tryAcquire(mostAtOnce, 5, TimeUnit.SECONDS)) {
                LOG.info("Looks are cut short");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    private void run() {
        var pause = Duration.ZERO;
        try {
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = tick() ? TICK : AFTER_FAILURE;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tick() {
        try {
            keepUp();
            applications.forEach(this::lookAround);
            if (failing) {
                LOG.info("Journeys are asked about again");
            }
            failing = false;
            return true;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Journeys are not asked about", e);
            }
            failing = true;
            return false;
        }
    }

    private void keepUp() {
        tools.callers().write(tools.watched());
        measures.ifDue(() -> {
            tools.watched().findStreams();
            metrics.overdue(tools.upkeep().overdue());
        });
        forward.ifDue(tools.upkeep()::bringForward);
        settlements.ifDue(tools.upkeep()::bringSettlements);
        aside.ifDue(() -> {
            tools.upkeep().reviveSessions();
            tools.upkeep().setAside();
        });
        clearance.ifDue(() -> {
            tools.upkeep().forget();
            tools.watched().forget();
        });
    }

    private void lookAround(UUID applicationId) {
        var free = tools.log().allowed(places.availablePermits());
        if (free == 0) {
            return;
        }
        int waiting = tools.visits().size(applicationId) + tools.rows().due(applicationId, free);
        int wanted = Math.min(free, waiting);
        int granted = wanted == 0 ? 0 : tools.budget().take(applicationId, wanted);
        if (granted == 0) {
            return;
        }
        var visits = tools.visits().take(applicationId, granted);
        visits.forEach(visit -> begin(() -> tools.look().list(visit)));
        int left = granted - visits.size();
        var claimed = System.nanoTime();
        var claims = left == 0 ? List.<Claim>of() : tools.rows().claim(applicationId, left, Look.LEASE);
        claims.forEach(claim -> begin(() -> tools.look().at(claim, claimed)));
        if (claims.size() < left) {
            tools.budget().giveBack(applicationId, left - claims.size());
        }
    }

    private void begin(Runnable look) {
        places.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                look.run();
            } catch (RuntimeException e) {
                // The lease ends, and the journey is due again.
                LOG.warn(
                        "A look at the platform could not be kept: {}",
                        e.getClass().getSimpleName());
                LOG.debug("A look at the platform could not be kept", e);
            } finally {
                places.release();
            }
        });
    }

    /** Something that is to be done now and then, on one thread. */
    private static final class Every {

        private final long interval;
        private long next = System.nanoTime();

        Every(Duration interval) {
            this.interval = interval.toNanos();
        }

        void ifDue(Runnable work) {
            if (System.nanoTime() - next >= 0) {
                work.run();
                next = System.nanoTime() + interval;
            }
        }
    }
}
