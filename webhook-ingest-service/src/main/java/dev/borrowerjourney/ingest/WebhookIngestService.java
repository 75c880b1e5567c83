package dev.borrowerjourney.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Receives the platform's signed journey snapshots and publishes them. */
@SpringBootApplication
public class WebhookIngestService {

    public static void main(String[] args) {
        SpringApplication.run(WebhookIngestService.class, args);
    }
}
