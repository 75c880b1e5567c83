package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the platform's answers, and {@code error} of a failure, whatever else is there. */
class PlatformAnswers {

    private static final int MOST_CHARACTERS_OF_CODE = 64;

    private final JsonMapper json;

    PlatformAnswers(JsonMapper json) {
        this.json = json;
    }

    <T> PlatformAnswer<T> read(int status, byte[] body, @Nullable Duration retryAfter, Function<JsonNode, T> reading) {
        if (status < 200 || status >= 300) {
            return new PlatformAnswer.Refused<>(status, codeOf(body), retryAfter);
        }
        try {
            return new PlatformAnswer.Answered<>(reading.apply(json.readTree(body)));
        } catch (JacksonException | DateTimeException | IllegalArgumentException _) {
            return new PlatformAnswer.Unanswered<>(PlatformAnswer.Cause.UNREADABLE);
        }
    }

    PlatformSession session(JsonNode data) {
        var active = data.path("activeJourney");
        return new PlatformSession(
                Secret.of(text(data, "sessionToken")),
                Secret.of(text(data, "refreshToken")),
                OffsetDateTime.parse(text(data, "sessionExpiresAt")).toInstant(),
                OffsetDateTime.parse(text(data, "refreshExpiresAt")).toInstant(),
                active.isObject() ? journey(active) : null);
    }

    ActiveJourney journey(JsonNode data) {
        var nextAction = data.path("nextAction");
        return new ActiveJourney(
                text(data, "journeyID"), text(data, "status"), nextAction.isString() ? nextAction.stringValue() : null);
    }

    /** Documented without the envelope that all other answers have; with it, it is understood, too. */
    Subscription subscription(JsonNode answer) {
        var data = answer.has("tenant_id") ? answer : answer.path("data");
        var enabled = data.path("webhook_enabled");
        if (!enabled.isBoolean()) {
            throw new IllegalArgumentException("webhook_enabled: missing (expected: true or false)");
        }
        var url = data.path("webhook_url");
        return new Subscription(
                text(data, "tenant_id"),
                text(data, "application_id"),
                enabled.booleanValue(),
                url.isString() ? url.stringValue() : null);
    }

    private static String text(JsonNode data, String member) {
        var value = data.path(member);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException(member + ": missing (expected: text)");
        }
        return value.stringValue();
    }

    /** The code alone; anything that is not shaped like one might be something that must not be passed on. */
    private String codeOf(byte[] body) {
        try {
            var code = json.readTree(body).path("error").path("code").asString("");
            return code.length() <= MOST_CHARACTERS_OF_CODE && code.matches("[A-Za-z0-9_.-]+") ? code : "UNKNOWN";
        } catch (JacksonException _) {
            return "UNKNOWN";
        }
    }
}
