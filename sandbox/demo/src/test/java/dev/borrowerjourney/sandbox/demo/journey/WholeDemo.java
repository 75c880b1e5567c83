package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A demo of the tests' own: its ports, its data, the code of {@code sandbox/run}. */
final class WholeDemo implements AutoCloseable {

    private final Demo demo;
    private final DemoFile file;

    private WholeDemo(Demo demo) {
        this.demo = demo;
        this.file = demo.file();
    }

    static WholeDemo start() throws IOException {
        var repository = Path.of("").toAbsolutePath().resolve("../..").normalize();
        var demo = new Demo(new Layout(repository, Path.of("target/end-to-end-it")), Ports.free());
        demo.takeOver();
        demo.beginAnew();
        try {
            demo.start(List.of(), (name, millis) -> System.out.println(name + " ready after " + millis + " ms"));
            return new WholeDemo(demo);
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    DemoFile file() {
        return file;
    }

    Running process(String name) {
        return demo.running().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Running> processes() {
        return demo.running();
    }

    /** Stands still until it is told to go on, as a machine does that is cut off. */
    void pause(String name) throws IOException, InterruptedException {
        signal("STOP", name);
    }

    void resume(String name) throws IOException, InterruptedException {
        signal("CONT", name);
    }

    private void signal(String signal, String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process(name).pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        demo.close();
    }
}
