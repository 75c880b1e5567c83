package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.state.LogPartition;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;

/** What belongs to one partition, beside what belongs to others. */
record Placed<T>(LogPartition partition, T value) {

    <U> Stream<Placed<U>> each(Function<T, Collection<U>> parts) {
        return parts.apply(value).stream().map(part -> new Placed<>(partition, part));
    }
}
