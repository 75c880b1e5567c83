package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Sends one webhook request. Redirects are not followed: a signed snapshot goes where it was meant to go. */
@Component
class HttpReceiver {

    private final HttpClient client;
    private final SandboxPlatformProperties.Webhook settings;

    HttpReceiver(SandboxPlatformProperties properties) {
        this.settings = properties.webhook();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** The HTTP status, or the name of what kept it from coming. */
    String send(URI url, SignedWebhook webhook) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(settings.timeout())
                    .header("Content-Type", "application/json")
                    .header("X-AL-Event-ID", webhook.snapshot().eventId())
                    .header("X-AL-Tenant-ID", webhook.tenantId().toString())
                    .header(
                            "X-AL-Application-ID",
                            webhook.borrower().applicationId().toString())
                    .header("X-AL-Webhook-Timestamp", webhook.timestamp())
                    .header("X-AL-Webhook-Signature", webhook.signature())
                    .POST(HttpRequest.BodyPublishers.ofString(webhook.body()))
                    .build();
            return Integer.toString(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException | RuntimeException e) {
            // The client throws what it cannot make a request of, such as a port beyond 65535.
            return e.getClass().getSimpleName();
        }
    }

    static boolean accepts(String outcome) {
        return outcome.length() == 3 && outcome.startsWith("2");
    }
}
