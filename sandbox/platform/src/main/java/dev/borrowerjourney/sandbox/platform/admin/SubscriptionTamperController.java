package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.webhook.Subscriptions;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes a subscription without the API key, as somebody at the platform's own console would. */
@RestController
@RequestMapping("/admin/subscriptions/{applicationId}")
class SubscriptionTamperController {

    private final Subscriptions subscriptions;
    private final SandboxPlatformProperties properties;

    SubscriptionTamperController(Subscriptions subscriptions, SandboxPlatformProperties properties) {
        this.subscriptions = subscriptions;
        this.properties = properties;
    }

    /**
     * Where webhooks go.
     *
     * @param url null if nowhere
     */
    record Target(@Nullable URI url) {}

    @GetMapping
    Target target(@PathVariable UUID applicationId) {
        check(applicationId);
        return new Target(subscriptions.url(applicationId).orElse(null));
    }

    @PutMapping
    Target change(@PathVariable UUID applicationId, @RequestBody Target target) {
        check(applicationId);
        if (target.url() != null && !Subscriptions.sendable(target.url())) {
            throw invalid("url must be an http or https URL, or null.");
        }
        subscriptions.set(applicationId, target.url());
        return target(applicationId);
    }

    private void check(UUID applicationId) {
        if (properties.applications().stream()
                .noneMatch(application -> application.applicationId().equals(applicationId))) {
            throw notFound("application");
        }
    }
}
