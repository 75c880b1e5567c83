package dev.borrowerjourney.session;

import dev.borrowerjourney.defaults.command.ServiceMain;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that holds the API key and speaks to the platform for the borrower's app. */
@SpringBootApplication
public class SessionService {

    /** The gateway makes its client at once, out of settings of the web server. */
    private static final List<String> FOR_COMMANDS = List.of("--spring.cloud.gateway.server.webflux.enabled=false");

    /** Of Reactor Netty, which makes four if there are fewer cores; then they take turns, and none has much to send at once. */
    private static final String EVENT_LOOPS = "reactor.netty.ioWorkerCount";

    private static final int FEWEST_EVENT_LOOPS = 2;

    static void main(String[] args) {
        if (System.getProperty(EVENT_LOOPS) == null) {
            int cores = Runtime.getRuntime().availableProcessors();
            System.setProperty(EVENT_LOOPS, Integer.toString(Math.max(FEWEST_EVENT_LOOPS, cores)));
        }
        ServiceMain.run(SessionService.class, FOR_COMMANDS, args);
    }
}
