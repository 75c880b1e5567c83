package dev.borrowerjourney.sandbox.demo.place;

import java.nio.file.Path;

/**
 * The directories of one demo.
 *
 * @param repository the root of the checkout, where the built jars are
 * @param target what this demo writes goes below it; two demos with different targets and ports do not meet
 */
public record Layout(Path repository, Path target) {

    public Layout {
        repository = repository.toAbsolutePath().normalize();
        target = target.toAbsolutePath().normalize();
    }

    /** What {@code sandbox/run} uses. */
    public static Layout of(Path repository) {
        return new Layout(repository, repository.resolve("sandbox/target"));
    }

    public Path data() {
        return target.resolve("data");
    }

    public Path secrets() {
        return target.resolve("secrets");
    }

    public Path settings() {
        return target.resolve("settings");
    }

    public Path logs() {
        return target.resolve("logs");
    }

    /** Unpacked programs; they outlive {@code --fresh}. */
    public Path tools() {
        return target.resolve("tools");
    }

    public Path demoFile() {
        return target.resolve("demo.json");
    }

    public Path runFile() {
        return target.resolve("run.pids");
    }

    public Path built(String path) {
        return repository.resolve(path);
    }
}
