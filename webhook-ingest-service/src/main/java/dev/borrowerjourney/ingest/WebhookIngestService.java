package dev.borrowerjourney.ingest;

import dev.borrowerjourney.defaults.command.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Receives the platform's signed journey snapshots and publishes them. */
@SpringBootApplication
public class WebhookIngestService {

    public static void main(String[] arguments) {
        ServiceMain.run(WebhookIngestService.class, arguments);
    }
}
