package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.PushChannel.Call;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each push over its device's channel, unless that push service fails at the moment. */
final class Pushes implements PushSender {

    private static final Logger log = LoggerFactory.getLogger(Pushes.class);

    private final Map<Channel, PushChannel> channels;
    private final MeterRegistry metrics;
    private final Circuits circuits;

    Pushes(Map<Channel, PushChannel> channels, CircuitSettings settings, MeterRegistry metrics) {
        this.channels = Map.copyOf(channels);
        this.circuits = new Circuits(settings, metrics);
        this.metrics = metrics;
    }

    @Override
    public Ready prepare(Push push, Device device) {
        var prepared = prepared(push, device);
        return () -> {
            var sample = Timer.start(metrics);
            var outcome = prepared.send();
            sample.stop(Timer.builder("notifier.push.sent")
                    .description("Pushes, by what the push service made of them.")
                    .tag("channel", device.channel().name())
                    .tag("outcome", outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT))
                    .tag("reason", reason(outcome))
                    .register(metrics));
            return outcome;
        };
    }

    @Override
    public Map<String, Duration> held() {
        return circuits.held();
    }

    private Ready prepared(Push push, Device device) {
        try {
            var channel = Objects.requireNonNull(channels.get(device.channel()));
            var circuit = circuits.of(channel.destination(device));
            // Nobody is asked for a token, or encrypts, for what will not be sent.
            return circuit.heldFor()
                    .<Ready>map(left -> () -> new PushOutcome.Later(left, Reason.CIRCUIT_OPEN))
                    .orElseGet(() -> prepared(channel, circuit, push, device));
        } catch (RuntimeException e) {
            var failed = failed(device, e);
            return () -> failed;
        }
    }

    private static Ready prepared(PushChannel channel, Circuit circuit, Push push, Device device) {
        var call = call(channel, push, device);
        return call.isEmpty()
                ? () -> new PushOutcome.Later(null, Reason.CHANNEL_OFF)
                : () -> circuit.guard(() -> answer(call.orElseThrow(), device));
    }

    /** What failed on the way to the call fails again as its answer, so that the circuit hears of it. */
    private static Optional<Call> call(PushChannel channel, Push push, Device device) {
        try {
            return channel.call(push, device);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(() -> new PushOutcome.Later(null, Reason.NO_ANSWER));
        } catch (IOException e) {
            return Optional.of(() -> {
                throw e;
            });
        }
    }

    /** Anything that is no answer: it may have arrived or not. */
    private static PushOutcome answer(Call call, Device device) {
        try {
            return call.send();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new PushOutcome.Later(null, Reason.NO_ANSWER);
        } catch (IOException e) {
            log.debug("No answer from {}: {}", device.channel(), e.getClass().getSimpleName());
            return new PushOutcome.Later(null, Reason.NO_ANSWER);
        } catch (RuntimeException e) {
            return failed(device, e);
        }
    }

    // Its message might quote an address.
    private static PushOutcome failed(Device device, RuntimeException e) {
        log.error(
                "A push over {} failed here: {} at {}",
                device.channel(),
                e.getClass().getName(),
                e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]);
        return new PushOutcome.Later(null, Reason.NO_ANSWER);
    }

    private static String reason(PushOutcome outcome) {
        return switch (outcome) {
            case PushOutcome.Refused refused -> refused.reason().name();
            case PushOutcome.Later later -> later.reason().name();
            case PushOutcome.Accepted _, PushOutcome.Gone _ -> "none";
        };
    }
}
