package dev.borrowerjourney.defaults.secret;

/** A value made of secret files that is made anew when they change. A lambda does for tests. */
@FunctionalInterface
public interface Watched<T> extends AutoCloseable {

    /** The value of the newest files that could be loaded; asked for at every use, never kept. */
    T current();

    @Override
    default void close() {}
}
