package dev.borrowerjourney.defaults.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

@ExtendWith(OutputCaptureExtension.class)
class DroppedErrorsTest {

    @BeforeEach
    void hear() {
        DroppedErrors.hear();
    }

    @AfterEach
    void stopHearing() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void saysNothingOfClientsThatWentAway(CapturedOutput output) {
        Operators.onErrorDropped(new IOException("Connection reset by peer"), Context.empty());

        assertThat(output.getAll()).doesNotContain("ERROR", "Connection reset by peer");
    }

    @Test
    void saysNothingOfClientsThatDidNotGoOn(CapturedOutput output) {
        Operators.onErrorDropped(ReadTimeoutException.INSTANCE, Context.empty());

        assertThat(output.getAll()).doesNotContain("ERROR");
    }

    /** The message is Netty's own, taken from a channel of that kind. */
    @Test
    void saysNothingOfConnectionsThatBrokeBeforeTheyHadThread(CapturedOutput output) {
        var channel = new NioSocketChannel();
        var gone = catchThrowable(channel::eventLoop);
        channel.unsafe().closeForcibly();
        assertThat(gone).isInstanceOf(IllegalStateException.class);

        Operators.onErrorDropped(gone, Context.empty());

        assertThat(output.getAll()).doesNotContain("ERROR");
    }

    @Test
    void tellsEveryOtherErrorOnce(CapturedOutput output) {
        DroppedErrors.hear();

        Operators.onErrorDropped(new IllegalStateException("ours"), Context.empty());

        assertThat(output.getAll()).containsOnlyOnce("An error came too late for its request");
    }
}
