package dev.borrowerjourney.session;

import dev.borrowerjourney.defaults.command.ServiceMain;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that holds the API key and speaks to the platform for the borrower's app. */
@SpringBootApplication
public class SessionService {

    /** The gateway makes its client at once, out of settings of the web server. */
    private static final List<String> FOR_COMMANDS = List.of("--spring.cloud.gateway.server.webflux.enabled=false");

    static void main(String[] args) {
        ServiceMain.run(SessionService.class, FOR_COMMANDS, args);
    }
}
