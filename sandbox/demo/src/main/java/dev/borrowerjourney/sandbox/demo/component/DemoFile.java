package dev.borrowerjourney.sandbox.demo.component;

import java.time.Instant;
import java.util.List;

/** The file {@code demo.json}: everything that a tool needs to know of a running demo. */
public record DemoFile(
        int formatVersion,
        Instant startedAt,
        String dataDirectory,
        Urls urls,
        Management management,
        Kafka kafka,
        PostgresAddress postgres,
        Platform platform,
        Identity identity,
        List<ProcessEntry> processes) {

    public record Urls(
            String edge,
            String session,
            String ingest,
            String projector,
            String notifier,
            String platform,
            String platformAdmin,
            String pushInbox,
            String operatorPage,
            String schemaRegistry) {}

    public record Management(String session, String ingest, String projector, String notifier) {}

    public record Kafka(String bootstrapServers) {}

    public record PostgresAddress(String host, int port, String database, Operator operator) {}

    public record Operator(String user, String password) {

        @Override
        public String toString() {
            return "Operator[user=" + user + "]";
        }
    }

    public record Platform(
            String tenantId, String applicationId, String apiKey, String webhookSecretId, String webhookSecret) {

        @Override
        public String toString() {
            return "Platform[applicationId=" + applicationId + "]";
        }
    }

    public record Identity(String issuer, String jwksUri, String tokenUrl, String audience, String borrowerClaim) {}

    public record ProcessEntry(String name, long pid, String log) {}
}
