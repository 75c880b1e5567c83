package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.state.LogPartition;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What belongs to one partition, beside what belongs to others. */
public record Placed<T>(LogPartition partition, T value) {

    public static <T> List<Placed<T>> all(LogPartition partition, Collection<T> values) {
        return values.stream().map(value -> new Placed<>(partition, value)).toList();
    }

    <U> Stream<Placed<U>> each(Function<T, Collection<U>> parts) {
        return parts.apply(value).stream().map(part -> new Placed<>(partition, part));
    }
}
