package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;

/** Shows, makes or ends an application's subscription now. */
final class SubscriptionCommand implements OperatorCommand {

    private final ObjectProvider<PlatformProperties> platform;
    private final ObjectProvider<SubscriptionProperties> properties;
    private final ObjectProvider<HttpSubscriptions> subscriptions;

    SubscriptionCommand(
            ObjectProvider<PlatformProperties> platform,
            ObjectProvider<SubscriptionProperties> properties,
            ObjectProvider<HttpSubscriptions> subscriptions) {
        this.platform = platform;
        this.properties = properties;
        this.subscriptions = subscriptions;
    }

    @Override
    public String verb() {
        return "subscription";
    }

    @Override
    public String help() {
        return """
                subscription show [--application ID] [--json FILE]
                subscription subscribe --by WHO --why TEXT [--application ID] [--json FILE]
                subscription unsubscribe --by WHO --why TEXT [--application ID] [--anyway] [--json FILE]

                show         asks the platform where webhooks go and compares it with platform.applications[n].callback-url
                subscribe    has them sent to callback-url now, if they are not
                unsubscribe  ends them. The platform also disables the webhook secret: what it sends after subscribing
                             again may be signed with another one. Refused while running instances would subscribe again

                --application ID  needed where several are configured; show takes all of them without it
                --anyway          unsubscribes although running instances will subscribe again within the interval
                --by, --why       who acts and why, for the audit line

                Exit code: 0 ok (show: the platform answered, in step or not), 1 failed, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(line, "--application=", "--json=", "--by=", "--why=", "--anyway");
        var word = arguments.word("show, subscribe or unsubscribe");
        return switch (word) {
            case "show" -> show(arguments, out);
            case "subscribe" -> subscribe(arguments, out);
            case "unsubscribe" -> unsubscribe(arguments, out);
            default -> throw new UsageException("'" + word + "' (expected: show, subscribe or unsubscribe)");
        };
    }

    private int show(Arguments arguments, PrintStream out) throws IOException {
        var asked = arguments.has("--application")
                ? List.of(chosen(arguments))
                : platform.getObject().applications();
        var shown = asked.stream().map(this::read).toList();
        Shown.print(shown, out);
        JsonResult.write(arguments, new Shown.Items(shown));
        return shown.stream().allMatch(each -> each.failure() == null) ? OK : FAILED;
    }

    private int subscribe(Arguments arguments, PrintStream out) throws IOException {
        var audit = Audit.of("subscription subscribe", arguments);
        var application = chosen(arguments);
        var url = CallbackUrl.of(application)
                .orElseThrow(() -> new IllegalStateException("application " + application.applicationId()
                        + " has no callback-url (expected: platform.applications[n].callback-url)"));
        var finding = new Upkeep(subscriptions.getObject(), application, url).bringInStep(CorrelationId.create());
        audit.note(
                application.applicationId().toString(),
                finding.failure() == null
                        ? finding.state().name()
                        : finding.failure().name());
        return told(application, arguments, out, finding.failure() == null);
    }

    private int unsubscribe(Arguments arguments, PrintStream out) throws IOException {
        var audit = Audit.of("subscription unsubscribe", arguments);
        var application = chosen(arguments);
        refuseWhatWouldNotLast(application, arguments);
        var id = application.applicationId().toString();
        subscriptions.getObject().unsubscribe(application, UUID.randomUUID(), CorrelationId.create());
        // Whatever was answered, if anything: what the platform's configuration says counts.
        var after = read(application);
        var ended = after.failure() == null && !after.enabled();
        audit.note(id, ended ? "UNSUBSCRIBED" : after.failure() == null ? "NOT_KEPT" : after.failure());
        return told(application, arguments, out, ended);
    }

    private int told(Application application, Arguments arguments, PrintStream out, boolean done) throws IOException {
        var shown = List.of(read(application));
        Shown.print(shown, out);
        JsonResult.write(arguments, new Shown.Items(shown));
        return done ? OK : FAILED;
    }

    private void refuseWhatWouldNotLast(Application application, Arguments arguments) {
        var settings = properties.getObject();
        if (application.callbackUrl() != null && settings.repair() && !arguments.has("--anyway")) {
            throw new IllegalStateException("running instances would subscribe again within "
                    + settings.interval().toSeconds() * 6 / 5
                    + " s. Set session.subscription.repair=false (SESSION_SUBSCRIPTION_REPAIR), or remove this"
                    + " application's callback-url, restart them, and come again; or use --anyway");
        }
    }

    private Shown read(Application application) {
        return Shown.of(application, subscriptions.getObject().read(application, CorrelationId.create()));
    }

    private Application chosen(Arguments arguments) {
        var known = platform.getObject().applications();
        var id = arguments.uuid("--application");
        if (id.isEmpty() && known.size() == 1) {
            return known.getFirst();
        }
        return known.stream()
                .filter(application ->
                        id.isPresent() && application.applicationId().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> new UsageException("--application: "
                        + id.map(UUID::toString).orElse("missing") + " (expected: one of "
                        + known.stream().map(Application::applicationId).toList() + ")"));
    }
}
