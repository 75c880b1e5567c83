package dev.borrowerjourney.sandbox.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the sandbox's platform.
 *
 * @param partnerSecretsDirectory where a rotation hands the partner the new webhook secret; the same layout
 * @param publicUrl where pages and issuer are reached; without it the loopback address and the port it listens on
 * @param issuer without it the public URL and {@code /identity}
 * @param outcomeSeed draws an outcome for borrowers whose data are in no row of the outcomes; without it all goes well
 * @param pace divides every wait and lifetime; timestamps stay the wall clock
 */
@ConfigurationProperties(prefix = "sandbox.platform", ignoreUnknownFields = false)
public record SandboxPlatformProperties(
        Path dataDirectory,
        Path secretsDirectory,
        @Nullable Path partnerSecretsDirectory,
        List<Application> applications,
        @Nullable URI publicUrl,
        @Nullable String issuer,
        @DefaultValue("borrower-journey") String audience,
        @DefaultValue("1.0") double pace,
        @DefaultValue(Assumptions.SESSION_LIFETIME) Duration sessionLifetime,
        @DefaultValue(Assumptions.REFRESH_LIFETIME) Duration refreshLifetime,
        @DefaultValue("FIRST") Generation webhookGeneration,
        @Nullable Long outcomeSeed,
        @DefaultValue Waits waits,
        @DefaultValue Webhook webhook,
        @DefaultValue Identity identity) {

    public SandboxPlatformProperties {
        require(dataDirectory != null, "data-directory: missing (expected: a directory)");
        require(secretsDirectory != null, "secrets-directory: missing (expected: a directory)");
        require(applications != null && !applications.isEmpty(), "applications: [] (expected: at least one)");
        Set<UUID> ids = new HashSet<>();
        for (Application application : applications) {
            require(
                    ids.add(application.applicationId()),
                    "applications: " + application.applicationId() + " twice (expected: once)");
        }
        require(pace > 0 && pace <= 10_000, "pace: " + pace + " (expected: above 0, at most 10000)");
        require(!sessionLifetime.isNegative() && !sessionLifetime.isZero(), "session-lifetime: must be positive");
        require(!refreshLifetime.isNegative() && !refreshLifetime.isZero(), "refresh-lifetime: must be positive");
        applications = List.copyOf(applications);
    }

    /** One configuration boundary at the platform: an API key, a webhook URL and its secrets. */
    public record Application(UUID tenantId, UUID applicationId) {
        public Application {
            require(tenantId != null, "applications[].tenant-id: missing (expected: a UUID)");
            require(applicationId != null, "applications[].application-id: missing (expected: a UUID)");
        }
    }

    /** Which of the two documented bodies a webhook has. */
    public enum Generation {
        /** {@code borrower.journeys}, status and next action only. */
        FIRST,
        /** {@code borrower.journey} with type, lender, offers and repayment, beside the profile. */
        SECOND
    }

    /** How long the platform and the lender take, at pace 1. */
    public record Waits(
            @DefaultValue("200ms") Duration profileCheck,
            @DefaultValue("1s") Duration offerSearch,
            @DefaultValue(Assumptions.OFFER_VALIDITY) Duration offerValidity,
            @DefaultValue("200ms") Duration lenderPreparation,
            @DefaultValue("500ms") Duration aaCheck,
            @DefaultValue("1s") Duration kycCheck,
            @DefaultValue("500ms") Duration bankMandateCheck,
            @DefaultValue("300ms") Duration eMandateCheck,
            @DefaultValue("300ms") Duration loanAgreementCheck,
            @DefaultValue("2s") Duration lenderProcessing,
            @DefaultValue("1s") Duration payment,
            @DefaultValue(Assumptions.REDIRECT_LIFETIME) Duration redirectLifetime,
            @DefaultValue("20s") Duration shortValidity,
            @DefaultValue("3s") Duration unknown,
            @DefaultValue("6s") Duration rejection,
            @DefaultValue("10m") Duration longProcessing) {}

    /**
     * How webhooks are sent.
     *
     * @param withSequence false leaves {@code sequence} out of second-generation bodies
     * @param reorderWindow how far the reorder switch may delay a snapshot
     */
    public record Webhook(
            @DefaultValue(Assumptions.WEBHOOK_TIMESTAMP) TimestampUnit timestamp,
            @DefaultValue(Assumptions.WEBHOOK_TIMEOUT) Duration timeout,
            @DefaultValue("64") int concurrency,
            @DefaultValue(Assumptions.WEBHOOK_RETRY_INITIAL) Duration retryInitial,
            @DefaultValue(Assumptions.WEBHOOK_RETRY_MAXIMUM) Duration retryMaximum,
            @DefaultValue(Assumptions.WEBHOOK_RETRY_FOR) Duration retryFor,
            @DefaultValue("true") boolean withSequence,
            @DefaultValue("2s") Duration reorderWindow,
            @DefaultValue("true") boolean allowLoopbackHttp) {
        public Webhook {
            require(concurrency > 0, "webhook.concurrency: " + concurrency + " (expected: at least 1)");
        }
    }

    /** How the webhook's timestamp header is written. */
    public enum TimestampUnit {
        SECONDS,
        MILLIS,
        ISO
    }

    /** The partner's identity provider. */
    public record Identity(
            @DefaultValue("RS256") Algorithm algorithm,
            @DefaultValue("5m") Duration tokenLifetime) {
        public Identity {
            require(
                    tokenLifetime.isPositive() && tokenLifetime.compareTo(Duration.ofMinutes(5)) <= 0,
                    "identity.token-lifetime: " + tokenLifetime + " (expected: above 0, at most 5m)");
        }
    }

    /** What partner tokens are signed with. */
    public enum Algorithm {
        RS256,
        ES256
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("sandbox.platform." + message);
        }
    }
}
