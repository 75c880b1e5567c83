package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.schemas.header.EventHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows all partitions of the topic of changes from their ends, without a group. Each time it takes up its positions
 * anew, everybody's present state is read again afterwards: what went by in between is in it.
 */
final class KafkaChanges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaChanges.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final String topic;
    private final KafkaChangeReader reader;
    private final Streams streams;
    private final StreamMetrics metrics;
    private final Spans spans;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread follower = Thread.ofPlatform().name("journey-changes").unstarted(this::run);
    private volatile @Nullable String trouble = "positions are not resolved yet";
    private final AtomicLong suspicions = new AtomicLong();
    private volatile long settled;
    private volatile @Nullable Consumer<String, byte[]> current;

    KafkaChanges(
            Supplier<Consumer<String, byte[]>> consumers,
            String topic,
            KafkaChangeReader reader,
            Streams streams,
            StreamMetrics metrics,
            Spans spans) {
        this.consumers = consumers;
        this.topic = topic;
        this.reader = reader;
        this.streams = streams;
        this.metrics = metrics;
        this.spans = spans;
    }

    /** Why changes are not followed, or nothing if they are. */
    Optional<String> trouble() {
        return suspected()
                ? Optional.of("the log was replaced; positions are not resolved yet")
                : Optional.ofNullable(trouble);
    }

    /** Has all positions taken up anew: the log is not the one they were taken in. */
    void suspect() {
        suspicions.incrementAndGet();
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            follower.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return follower.isAlive();
    }

    /** Before the web server starts, after it stopped. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            while (running()) {
                attempt();
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.debug("Stopped following {}.", topic);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try (var consumer = consumers.get()) {
            current = consumer;
            follow(consumer);
        } catch (WakeupException _) {
            log.debug("Woken to stop.");
        } catch (TopicMissingException e) {
            trouble(e.getMessage(), e);
        } catch (RuntimeException e) {
            trouble(e instanceof KafkaException ? "broker: " + e.getClass().getSimpleName() : e.toString(), e);
        } finally {
            current = null;
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        takeUp(consumer, "started");
        while (running()) {
            if (suspected()) {
                takeUp(consumer, "log-replaced");
            }
            try {
                consumer.poll(POLL).forEach(this::show);
            } catch (InvalidOffsetException e) {
                trouble("the log was cut; positions are not resolved yet", e);
                takeUp(consumer, "log-truncated");
            }
        }
    }

    private void takeUp(Consumer<String, byte[]> consumer, String cause) {
        var asked = suspicions.get();
        var infos = consumer.partitionsFor(topic, PATIENCE);
        if (infos == null || infos.isEmpty()) {
            throw new TopicMissingException(topic);
        }
        var partitions = infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        resolve(consumer, partitions);
        if (trouble != null) {
            log.info("Following {} partitions of {}.", partitions.size(), topic);
        }
        trouble = null;
        settled = asked;
        streams.refreshAll(cause);
    }

    /** Seeking is lazy: a position counts only once the broker has told it. */
    private static void resolve(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        for (var partition : partitions) {
            consumer.position(partition, PATIENCE);
        }
    }

    /** Within the trace of the webhook or poll that the change came from. */
    private void show(ConsumerRecord<String, byte[]> record) {
        var correlationId = EventHeaders.text(record.headers(), EventHeaders.CORRELATION_ID);
        var traceparent = EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT);
        try (var work = spans.receipt(topic + " show", correlationId.orElse(null), traceparent.orElse(null))) {
            work.outcome(shown(record));
        }
    }

    private String shown(ConsumerRecord<String, byte[]> record) {
        return switch (reader.read(record)) {
            case KafkaChangeReader.Legible(var borrower, var journey) -> {
                var outcome = streams.publish(borrower, journey);
                metrics.changes(outcome).increment();
                yield outcome.name().toLowerCase(Locale.ROOT);
            }
            case KafkaChangeReader.Illegible(var borrower, var reason) -> {
                log.warn("{}-{}@{} skipped: {}", topic, record.partition(), record.offset(), reason);
                // The change was in the read model before it was published.
                borrower.ifPresent(streams::refresh);
                metrics.unreadable().increment();
                yield "unreadable";
            }
        };
    }

    private void trouble(@Nullable String reason, RuntimeException e) {
        if (!Objects.equals(trouble, reason)) {
            log.warn("Changes are not followed: {}", reason, e);
        }
        trouble = reason;
    }

    private boolean suspected() {
        return suspicions.get() != settled;
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }
}
