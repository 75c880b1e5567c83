package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.platform.PlatformSession;
import dev.borrowerjourney.session.session.RenewalCalls.Wish;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever holds a secret or personal data may end in a log line by a careless placeholder. */
class SecretsInTextTest {

    private static final String SECRET = "canary-0123456789";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final UUID ID = UUID.randomUUID();

    static Stream<Object> holders() {
        var later = Instant.now().plusSeconds(60);
        var key = PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));
        var borrower = new Borrower(ID, SECRET, key.borrowerKey(ID, SECRET));
        var credentials = new PlatformCredentials(ID, Secret.of(SECRET), later, null, 1);
        var opened = new PlatformSession(Secret.of(SECRET), Secret.of(SECRET), later, later, null);
        var grant = Grant.ofPlatforms(credentials);
        var issued = new PostgresSessions.Issued(ID, grant.token(), ID, later);
        var told = new Sessions.Credentials(issued, null, false);
        var prefill = Prefill.of(("{\"profile\": {\"panName\": \"" + SECRET + "\"}}").getBytes(UTF_8), JSON);
        return Stream.of(
                borrower,
                IdempotencyKey.of(SECRET, borrower, "POST /v1/sessions"),
                prefill,
                new Wish(ID, 1, ID, prefill.members(), "c"),
                credentials,
                new LiveSession(ID, ID, later, credentials),
                new Renewal.Renewed(credentials),
                opened,
                new PlatformAnswer.Answered<>(opened),
                new RenewalCalls.Outcome.Opened(opened),
                grant,
                told,
                SessionController.SessionView.of(told));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void printsNone(Object holder) {
        assertThat(holder.toString()).isNotEmpty().doesNotContain(SECRET);
    }
}
