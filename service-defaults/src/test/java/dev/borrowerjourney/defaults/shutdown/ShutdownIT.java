package dev.borrowerjourney.defaults.shutdown;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.sample.SampleService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A request that is in flight when the service is asked to end. */
class ShutdownIT {

    private static final int PATIENCE = 60_000;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    @Test
    void answersWhatIsInFlightAndSaysThatTheConnectionEndsWithIt() throws Exception {
        try (var service = start();
                var connection = connection(service)) {
            int port = port(service);
            connection.getOutputStream().write("GET /number?n=7 HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertThat(entered.await(PATIENCE, TimeUnit.MILLISECONDS)).isTrue();

            var ending = CompletableFuture.runAsync(service::close);
            await().atMost(Duration.ofMinutes(1)).until(() -> !takesConnections(port));
            leave.countDown();

            var answer = new String(connection.getInputStream().readAllBytes(), US_ASCII).toLowerCase(Locale.ROOT);
            assertThat(answer)
                    .startsWith("http/1.1 200 ")
                    .contains("connection: close\r\n")
                    .endsWith("7");
            assertThat(ending).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(SampleService.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("holding", holding()))
                .run("--server.port=0", "--server.address=127.0.0.1", "--spring.jmx.enabled=false");
    }

    /** Holds each request until it is let go. */
    private WebFilter holding() {
        return (exchange, chain) -> Mono.fromRunnable(() -> {
                    entered.countDown();
                    try {
                        leave.await(PATIENCE, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .then(chain.filter(exchange));
    }

    private static Socket connection(ConfigurableApplicationContext service) throws IOException {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port(service));
        connection.setSoTimeout(PATIENCE);
        return connection;
    }

    private static boolean takesConnections(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int port(ConfigurableApplicationContext service) {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
