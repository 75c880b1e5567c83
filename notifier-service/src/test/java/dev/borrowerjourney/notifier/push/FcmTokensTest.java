package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FcmTokensTest {

    static final UUID OTHER = UUID.fromString("5f0c3a52-6c0e-4b52-9d55-0a4f1ad0a002");

    final FcmStandIn google = new FcmStandIn();
    final HttpCalls calls = new HttpCalls(Duration.ofSeconds(3), Duration.ofSeconds(2), Clock.systemUTC());
    final FcmTokens tokens = new FcmTokens(calls, Clock.systemUTC());
    final Credentials.Fcm credentials = credentials(google);

    @AfterEach
    void stop() {
        calls.close();
        google.close();
    }

    /** Each of them waiting for a fetch of its own would hold up all workers, one after the other. */
    @Test
    void hasAllWaitForOneFetchThatDoesNotEnd() {
        google.replyToGrant(_ -> Reply.SILENCE);
        var began = System.nanoTime();

        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = IntStream.range(0, 10)
                    .mapToObj(_ -> all.submit(() -> tokens.token(Sender.APPLICATION, credentials, calls.deadline())))
                    .toList();
            assertThat(asked).allSatisfy(one -> assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(google.grants()).hasSize(1);
    }

    @Test
    void fetchesForOneApplicationWhileAnotherWaits() throws IOException, InterruptedException {
        try (var silent = new FcmStandIn();
                var other = Executors.newVirtualThreadPerTaskExecutor()) {
            silent.replyToGrant(_ -> Reply.SILENCE);
            var waiting =
                    other.submit(() -> tokens.token(OTHER, credentials(silent), Deadline.in(Duration.ofSeconds(15))));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !silent.grants()
                    .isEmpty());

            assertThat(tokens.token(Sender.APPLICATION, credentials, calls.deadline()))
                    .isPresent();
            assertThat(waiting.isDone()).isFalse();
            waiting.cancel(true);
        }
    }

    @Test
    void asksOnceForAMomentWhenItIsRefused() throws IOException, InterruptedException {
        google.replyToGrant(_ -> Reply.of(400));

        assertThat(tokens.token(Sender.APPLICATION, credentials, calls.deadline()))
                .isEmpty();
        assertThat(tokens.token(Sender.APPLICATION, credentials, calls.deadline()))
                .isEmpty();

        assertThat(google.grants()).hasSize(1);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            var _ = tokens.token(Sender.APPLICATION, credentials, calls.deadline());
            return google.grants().size() > 1;
        });
    }

    private static Credentials.Fcm credentials(FcmStandIn google) {
        var file = new JsonMapper().readTree(google.serviceAccount());
        return new Credentials.Fcm(
                FcmStandIn.PROJECT,
                FcmStandIn.ACCOUNT,
                FcmStandIn.KEY_ID,
                Secret.of(file.path("private_key").asString()),
                google.uri().resolve("/token"));
    }
}
