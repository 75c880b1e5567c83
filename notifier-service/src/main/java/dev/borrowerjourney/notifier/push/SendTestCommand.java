package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Sends one push to one device, so that credentials and the way can be tried without a journey. */
final class SendTestCommand implements OperatorCommand {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    private final ObjectProvider<NotifierProperties> notifier;
    private final ObjectProvider<Devices> devices;
    private final ObjectProvider<PushSender> sender;

    SendTestCommand(
            ObjectProvider<NotifierProperties> notifier,
            ObjectProvider<Devices> devices,
            ObjectProvider<PushSender> sender) {
        this.notifier = notifier;
        this.devices = devices;
        this.sender = sender;
    }

    @Override
    public String verb() {
        return "send-test";
    }

    @Override
    public String help() {
        return """
                send-test --device ID [--kind KIND] [--application ID] --by WHO --why TEXT [--json FILE]

                Sends one push to a registered device over its channel, with the text of that kind in the device's language,
                and tells what the push service made of it. The borrower sees it. Nothing is retried, preferences and quiet
                hours are not asked, and a device that is gone stays registered until a notification finds out.

                --device ID        the device's id, as its app named it
                --kind KIND        one of %s; ACTION_REQUIRED if left out
                --application ID   needed where several are configured
                --by, --why        who acts and why, for the audit line

                Exit code: 0 accepted by the push service, 1 anything else, 2 wrong usage.""".formatted(Arrays.toString(Kind.values()));
    }

    @Override
    public int run(List<String> line, PrintStream out) throws IOException {
        var arguments = Arguments.parse(line, "--device=", "--kind=", "--application=", "--by=", "--why=", "--json=");
        arguments.noWords();
        var audit = Audit.of("send-test", arguments);
        var kind = kind(arguments.text("--kind").orElse(Kind.ACTION_REQUIRED.name()));
        var deviceId = arguments.needed("--device");
        var device = devices.getObject().find(application(arguments), deviceId);
        if (device.isEmpty()) {
            audit.note(deviceId, "UNKNOWN");
            System.err.println("send-test: no such device is registered, or its address does not open");
            return FAILED;
        }
        var result = Result.of(device.orElseThrow(), send(kind, device.orElseThrow()));
        audit.note(deviceId, result.outcome());
        out.println(result.channel() + " " + result.outcome() + (result.reason() == null ? "" : " " + result.reason()));
        JsonResult.write(arguments, result);
        return result.outcome().equals("ACCEPTED") ? OK : FAILED;
    }

    private PushOutcome send(Kind kind, Device device) {
        // A journey of that name there is not, so it takes the place of no real push.
        var reference = JourneyReference.of(device.borrower(), "send-test");
        return sender.getObject()
                .send(new Push(kind, reference, UUID.randomUUID(), TIME_TO_LIVE, Urgency.HIGH), device);
    }

    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--kind: '" + name + "' (expected: one of " + Arrays.toString(Kind.values()) + ")"));
    }

    private UUID application(Arguments arguments) {
        var known = notifier.getObject().applicationIds();
        var id = arguments.uuid("--application");
        if (id.isEmpty() && known.size() == 1) {
            return known.getFirst();
        }
        return id.filter(known::contains)
                .orElseThrow(() -> new UsageException("--application: "
                        + id.map(UUID::toString).orElse("missing") + " (expected: one of " + known + ")"));
    }

    /** @param reason null where the outcome says all */
    record Result(Channel channel, String outcome, @Nullable Reason reason) {

        static Result of(Device device, PushOutcome outcome) {
            var name = outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
            var reason =
                    switch (outcome) {
                        case PushOutcome.Refused refused -> refused.reason();
                        case PushOutcome.Later later -> later.reason();
                        case PushOutcome.Accepted _, PushOutcome.Gone _ -> null;
                    };
            return new Result(device.channel(), name, reason);
        }
    }
}
