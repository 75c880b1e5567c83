package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.defaults.health.Requirement;
import java.util.Optional;
import java.util.function.Supplier;

/** Without this an opened stream would stand still, so new ones go to another instance. */
record StreamRequirement(String name, Supplier<Optional<String>> trouble) implements Requirement {

    @Override
    public Optional<String> missing() {
        return trouble.get();
    }
}
