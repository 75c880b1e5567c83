package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.defaults.command.Table;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformAnswer.Answered;
import dev.borrowerjourney.session.platform.PlatformAnswer.Refused;
import dev.borrowerjourney.session.platform.PlatformAnswer.Unanswered;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import dev.borrowerjourney.session.platform.Subscription;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator is shown of one application.
 *
 * @param state that of the upkeep; {@code OFF} without a callback URL
 * @param failure why the platform did not tell, or null
 * @param enabled whether the platform sends webhooks; false if it did not tell
 * @param url where the platform sends them, or null
 * @param callbackUrl where it should, or null
 */
record Shown(
        String applicationId,
        String state,
        @Nullable String failure,
        boolean enabled,
        @Nullable String url,
        @Nullable String callbackUrl) {

    record Items(List<Shown> items) {}

    static Shown of(Application application, PlatformAnswer<Subscription> answer) {
        return switch (answer) {
            case Answered<Subscription>(var told) -> told(application, told);
            case Refused<Subscription> refused -> failed(application, Failure.of(refused));
            case Unanswered<Subscription> unanswered -> failed(application, Failure.of(unanswered));
        };
    }

    static void print(List<Shown> shown, PrintStream out) {
        var table = new Table("application", "state", "platform sends to", "should be");
        shown.forEach(each -> table.row(
                each.applicationId(),
                each.failure() == null ? each.state() : each.state() + " (" + each.failure() + ")",
                each.enabled() && each.url() != null ? each.url() : each.failure() == null ? "nowhere" : "unknown",
                Objects.requireNonNullElse(each.callbackUrl(), "not configured")));
        table.print(out);
    }

    private static Shown told(Application application, Subscription told) {
        if (!Upkeep.about(application, told)) {
            return failed(application, Failure.FOREIGN);
        }
        var state = CallbackUrl.of(application)
                .map(url -> Upkeep.compared(application, url, told).state().name())
                .orElse("OFF");
        return new Shown(id(application), state, null, told.enabled(), told.url(), callbackUrl(application));
    }

    private static Shown failed(Application application, Failure failure) {
        return new Shown(id(application), State.UNKNOWN.name(), failure.name(), false, null, callbackUrl(application));
    }

    private static String id(Application application) {
        return application.applicationId().toString();
    }

    private static @Nullable String callbackUrl(Application application) {
        return Optional.ofNullable(application.callbackUrl())
                .map(Object::toString)
                .orElse(null);
    }
}
