package dev.borrowerjourney.session.testing;

import dev.borrowerjourney.session.SessionService;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One more instance of the service, in this JVM, on ports of its own. */
public final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final String url;
    private final WebTestClient app;
    private final WebTestClient management;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        this.url = "http://127.0.0.1:" + port(context, "local.server.port");
        this.app = ServiceUnderTest.client(port(context, "local.server.port"));
        this.management = ServiceUnderTest.client(port(context, "local.management.port"));
    }

    /** Starts one with these settings, of which the latter win. */
    public static RunningService start(Map<String, String> settings, Map<String, String> more) {
        var all = new HashMap<>(settings);
        all.putAll(more);
        var arguments = all.entrySet().stream().map(setting -> "--" + setting.getKey() + "=" + setting.getValue());
        var ports = Stream.of("--server.port=0", "--management.server.port=0");
        return new RunningService(new SpringApplicationBuilder(SessionService.class)
                .initializers(new HttpOwnLoops())
                .run(Stream.concat(ports, arguments).toArray(String[]::new)));
    }

    public String url() {
        return url;
    }

    /** Calls it. */
    public WebTestClient app() {
        return app;
    }

    /** Calls its management port. */
    public WebTestClient management() {
        return management;
    }

    /** Where on the loopback address it listens. */
    public int port() {
        return port(context, "local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }

    private static int port(ConfigurableApplicationContext context, String name) {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty(name)));
    }
}
