package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.sandbox.demo.process.Launch;
import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Spring Boot process: its settings go into a file of its own, its readiness decides when it is ready. */
final class SpringProcess {

    private final Layout layout;
    private final Ports ports;
    private final Jvms jvms;
    private final String name;
    private final Port port;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> groups = new ArrayList<>(List.of("readiness"));

    SpringProcess(Layout layout, Ports ports, Jvms jvms, String name, Port port) {
        this.layout = layout;
        this.ports = ports;
        this.jvms = jvms;
        this.name = name;
        this.port = port;
        with("server.address", "127.0.0.1");
        with("server.port", Integer.toString(ports.of(port)));
    }

    SpringProcess with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Waits for another group of health beside readiness. */
    SpringProcess readyWith(String group) {
        groups.add(group);
        return this;
    }

    /** A service: it says itself when it is ready. */
    Part service(List<String> after, int heapMegabytes, Path jar) {
        with("management.server.address", "127.0.0.1");
        with("management.server.port", Integer.toString(ports.second(port)));
        var ready = Probe.all(groups.stream()
                .map(group -> Probe.http(ports.managementUrl(port) + "/actuator/health/" + group))
                .toList());
        var extracted = new ExtractedJar(layout, name, jar);
        return new Part.Server(
                name,
                after,
                supervisor -> launch(jvms.of(name, heapMegabytes).jar(extracted.get(supervisor), settingsArgument())),
                ready);
    }

    /** A process without a management port: it is ready once it listens. */
    Part main(List<String> after, int heapMegabytes, String classPath, Class<?> mainClass) {
        var command = jvms.of(name, heapMegabytes).main(classPath, mainClass.getName(), settingsArgument());
        return new Part.Server(name, after, _ -> launch(command), Probe.tcp(ports.of(port)));
    }

    private String settingsArgument() {
        return "--spring.config.additional-location=" + directory() + "/";
    }

    private Launch launch(List<String> command) throws IOException {
        var lines = new StringBuilder("# Written anew at every start.\n");
        settings.forEach((setting, value) ->
                lines.append(setting).append('=').append(value).append('\n'));
        OwnFiles.write(directory().resolve("application.properties"), lines.toString());
        return new Launch(name, command, directory(), layout.logs().resolve(name + ".log"));
    }

    private Path directory() {
        return layout.settings().resolve(name);
    }
}
