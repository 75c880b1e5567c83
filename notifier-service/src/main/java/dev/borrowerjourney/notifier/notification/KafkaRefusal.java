package dev.borrowerjourney.notifier.notification;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Tells a record that nobody will ever take from a broker or registry that takes none now. */
final class KafkaRefusal {

    private KafkaRefusal() {}

    /**
     * Whether it would be refused whenever it is sent again, and by whomever. Not one whose time the broker does not take: all
     * that this instance sends bears the time of its clock, and a peer's may be right.
     */
    static boolean blamesRecord(Exception trouble) {
        return switch (cause(trouble)) {
            // So does every trouble of the registry end.
            case SerializationException e -> causes(e).noneMatch(KafkaRefusal::ofRegistry);
            case RecordTooLargeException _ -> true;
            // A client that was closed amid the work says the latter.
            case KafkaException _, TimeoutException _, IllegalStateException _ -> false;
            // Avro's, and whatever else comes of values that a schema does not foresee.
            case RuntimeException _ -> true;
            default -> false;
        };
    }

    /** A type and no message: that might quote the record. */
    static String reason(Exception trouble) {
        return causes(cause(trouble))
                .reduce((_, deepest) -> deepest)
                .map(deepest -> deepest.getClass().getSimpleName())
                .orElseThrow();
    }

    private static boolean ofRegistry(Throwable cause) {
        return cause instanceof IOException || cause instanceof RestClientException;
    }

    private static Throwable cause(Exception trouble) {
        return trouble instanceof ExecutionException && trouble.getCause() != null ? trouble.getCause() : trouble;
    }

    private static Stream<Throwable> causes(Throwable trouble) {
        return Stream.iterate(trouble, Predicate.not(Predicate.isEqual(null)), Throwable::getCause);
    }
}
