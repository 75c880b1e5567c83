package dev.borrowerjourney.sandbox.platform.webhook;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.call.Call;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The documented subscription API: bare answers, no envelope, and no Idempotency-Key asked for. */
@RestController
@RequestMapping("/api/tenants/{tenantId}/applications/{applicationId}/webhooks")
class SubscriptionController {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Subscriptions subscriptions;
    private final boolean allowLoopbackHttp;

    SubscriptionController(Subscriptions subscriptions, SandboxPlatformProperties properties) {
        this.subscriptions = subscriptions;
        this.allowLoopbackHttp = properties.webhook().allowLoopbackHttp();
    }

    @GetMapping("/configuration")
    Subscription configuration(Call call, @PathVariable UUID tenantId, @PathVariable UUID applicationId) {
        call.backendOf(tenantId, applicationId);
        return subscription(tenantId, applicationId);
    }

    @PostMapping("/subscribe")
    Subscription subscribe(Call call, @PathVariable UUID tenantId, @PathVariable UUID applicationId) {
        call.backendOf(tenantId, applicationId);
        subscriptions.set(applicationId, checked(call.body().text("url")));
        return subscription(tenantId, applicationId);
    }

    @PostMapping("/unsubscribe")
    Subscription unsubscribe(Call call, @PathVariable UUID tenantId, @PathVariable UUID applicationId) {
        call.backendOf(tenantId, applicationId);
        subscriptions.set(applicationId, null);
        return subscription(tenantId, applicationId);
    }

    private Subscription subscription(UUID tenantId, UUID applicationId) {
        URI url = subscriptions.url(applicationId).orElse(null);
        return new Subscription(tenantId, applicationId, url != null, url);
    }

    private URI checked(String text) {
        try {
            URI url = new URI(text);
            String host = url.getHost();
            boolean plain = "http".equals(url.getScheme()) && allowLoopbackHttp && LOOPBACK.contains(host);
            if (host != null && url.getUserInfo() == null && (plain || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException _) {
            throw invalid("url must be a URL.");
        }
        throw invalid("url must be an https URL without credentials.");
    }

    record Subscription(
            UUID tenant_id,
            UUID application_id,
            boolean webhook_enabled,
            @Nullable URI webhook_url) {}
}
