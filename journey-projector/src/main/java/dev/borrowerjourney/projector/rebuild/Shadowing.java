package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.defaults.command.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Brings the shadow to where the read model is, some partitions beside each other. */
final class Shadowing {

    private static final int BESIDE = 2;

    /** What is left to those who compare: they make it good while they look. */
    private static final long CLOSE = 1_000;

    private final Rebuild rebuild;
    private final Set<String> erased;
    private final Pace pace;
    private final AtomicBoolean failed = new AtomicBoolean();

    Shadowing(Rebuild rebuild, Set<String> erased, long rate) {
        this.rebuild = rebuild;
        this.erased = erased;
        this.pace = new Pace(rate);
    }

    /** One partition and how far it is to go. */
    private record Way(ShadowPartition from, long to) {
        long length() {
            return Math.max(0, to - from.applied());
        }
    }

    /** Goes on until the read model is less than a moment ahead; it goes on, too. */
    void run() {
        List<Way> ways;
        do {
            ways = ways();
            run(ways);
        } while (ways.stream().mapToLong(Way::length).sum() > CLOSE);
    }

    private List<Way> ways() {
        var applied = rebuild.served().applied(rebuild.topicId());
        try (var log = rebuild.logs().get()) {
            var bounds = log.bounds();
            return rebuild.shadow().partitions().values().stream()
                    .map(from -> way(from, applied, bounds))
                    .toList();
        }
    }

    /** Never beyond what is applied, so that both can be compared; to the end where nobody has begun. */
    private static Way way(ShadowPartition from, Map<Integer, Long> applied, Map<Integer, KafkaLog.Bounds> bounds) {
        var log = bounds.get(from.partition());
        if (log == null || log.end() <= from.applied()) {
            throw new Refusal("partition " + from.partition() + ": the log ends before " + from.applied()
                    + ", which the shadow has taken in; it was cut: rebuild --shadow --restart");
        }
        if (log.first() > from.applied() + 1) {
            throw new Refusal("partition " + from.partition() + ": the log begins at " + log.first()
                    + ", and the shadow has taken in what is before " + (from.applied() + 1)
                    + ": rebuild --shadow --restart");
        }
        return new Way(from, Math.min(log.end() - 1, applied.getOrDefault(from.partition(), Long.MAX_VALUE)));
    }

    private void run(List<Way> ways) {
        var done = new AtomicLong();
        long all = ways.stream().mapToLong(Way::length).sum();
        var waiting = new ConcurrentLinkedQueue<>(
                ways.stream().filter(way -> way.length() > 0).toList());
        var workers = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(BESIDE)) {
            for (int i = 0; i < BESIDE; i++) {
                workers.add(threads.submit(() -> work(waiting, done)));
            }
            var progress = new Progress("shadow");
            for (var worker : workers) {
                await(worker, progress, done, all);
            }
        }
    }

    private void work(Queue<Way> waiting, AtomicLong done) {
        try (var log = rebuild.logs().get()) {
            var replay = rebuild.replay(log, erased, pace, done::addAndGet);
            for (var way = waiting.poll(); way != null && !failed.get(); way = waiting.poll()) {
                replay.run(way.from(), way.to());
            }
        } catch (RuntimeException e) {
            failed.set(true);
            throw e;
        }
    }

    private static void await(Future<?> worker, Progress progress, AtomicLong done, long all) {
        while (true) {
            try {
                worker.get(500, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                progress.at(Math.min(done.get(), all), all);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
