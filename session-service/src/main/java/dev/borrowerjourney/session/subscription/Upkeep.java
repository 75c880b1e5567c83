package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformAnswer.Answered;
import dev.borrowerjourney.session.platform.PlatformAnswer.Refused;
import dev.borrowerjourney.session.platform.PlatformAnswer.Unanswered;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import dev.borrowerjourney.session.platform.Subscription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares where the webhooks of one application go with where they should, and changes it. For one thread at a time. */
final class Upkeep {

    private final HttpSubscriptions platform;
    private final Application application;
    private final CallbackUrl url;

    /** That of a subscribe call of which nobody knows what became; null if there is none. */
    private @Nullable UUID openKey;

    Upkeep(HttpSubscriptions platform, Application application, CallbackUrl url) {
        this.platform = platform;
        this.application = application;
        this.url = url;
    }

    /** Looks and changes nothing. */
    Finding look(String correlationId) {
        return switch (platform.read(application, correlationId)) {
            case Answered<Subscription>(var told) -> compared(application, url, told);
            case Refused<Subscription> refused -> new Finding(State.UNKNOWN, Failure.of(refused), refused.retryAfter());
            case Unanswered<Subscription> unanswered -> Finding.of(State.UNKNOWN, Failure.of(unanswered));
        };
    }

    /** Looks, subscribes if that is needed, and looks whether it helped. */
    Finding bringInStep(String correlationId) {
        var found = look(correlationId);
        return switch (found.state()) {
            case DRIFTED -> subscribe(correlationId);
            case IN_STEP -> {
                openKey = null;
                yield found;
            }
            case REPAIRED, UNKNOWN -> found;
        };
    }

    private Finding subscribe(String correlationId) {
        var key = openKey == null ? UUID.randomUUID() : openKey;
        var answer = platform.subscribe(application, url.uri(), key, correlationId);
        openKey = open(answer) ? key : null;
        return switch (answer) {
            case Answered<Subscription> _ -> confirmed(look(correlationId));
            case Refused<Subscription> refused -> new Finding(State.DRIFTED, Failure.of(refused), refused.retryAfter());
            case Unanswered<Subscription> unanswered -> Finding.of(State.DRIFTED, Failure.of(unanswered));
        };
    }

    private static Finding confirmed(Finding found) {
        return switch (found.state()) {
            case IN_STEP -> Finding.of(State.REPAIRED);
            case DRIFTED -> Finding.of(State.DRIFTED, Failure.NOT_KEPT);
            case REPAIRED, UNKNOWN -> found;
        };
    }

    /** Whether asking again would be a retry, and so needs the same key; after an answer it is another operation. */
    private static boolean open(PlatformAnswer<?> answer) {
        return switch (answer) {
            case Answered<?> _ -> false;
            case Refused<?> refused -> refused.status() >= 500 || refused.status() == 409 || refused.status() == 429;
            case Unanswered<?> _ -> true;
        };
    }

    /** What the platform's configuration means. */
    static Finding compared(Application application, CallbackUrl url, Subscription told) {
        if (!about(application, told)) {
            return Finding.of(State.UNKNOWN, Failure.FOREIGN);
        }
        return Finding.of(told.enabled() && url.same(told.url()) ? State.IN_STEP : State.DRIFTED);
    }

    /** Whether an answer is about the application that was asked about. */
    static boolean about(Application application, Subscription told) {
        return told.tenantId().equalsIgnoreCase(application.tenantId().toString())
                && told.applicationId()
                        .equalsIgnoreCase(application.applicationId().toString());
    }
}
