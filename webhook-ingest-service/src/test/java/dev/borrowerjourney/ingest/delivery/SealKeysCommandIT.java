package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.seal.Seal;
import dev.borrowerjourney.schemas.seal.SealKeyset;
import dev.borrowerjourney.schemas.seal.SealKeyset.Stage;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
class SealKeysCommandIT {

    @TempDir
    Path secrets;

    final String brokers = TestBroker.shared().bootstrapServers();
    final String registry = TestRegistry.shared().url();
    final LogReader log = new LogReader(brokers, registry);
    final String eventId = "evt_" + UUID.randomUUID();

    Path keyset;
    Path times;
    Operator operator;

    @BeforeEach
    void mountSecrets() throws IOException {
        DeliveryFixtures.writeSecrets(secrets);
        keyset = secrets.resolve("seal/" + APPLICATION + "/keyset.json");
        times = keyset.resolveSibling("keyset-times.json");
        // Neither a broker nor a registry is needed.
        operator = new Operator(secrets, "127.0.0.1:1", "http://127.0.0.1:1");
    }

    @AfterEach
    void close() {
        operator.close();
    }

    /** The whole life of a key beside a service that never stops: added, sealing, retired, destroyed. */
    @Test
    void rotatesUnderRunningService() throws Exception {
        try (var service = RunningService.start(secrets, brokers, registry)) {
            service.deliver(eventId, body(eventId, APPLICATION));
            assertThat(run("rotate", "--application", APPLICATION.toString()).out())
                    .contains("added; it seals from");
            assertThat(run("rotate", "--application", APPLICATION.toString()).code())
                    .isEqualTo(1);
            var next = read().keys().get(1);
            var rotated = run("rotate", "--application", APPLICATION.toString(), "--settle", "0s");
            assertThat(rotated.code()).isZero();
            assertThat(rotated.out()).contains("seals now");
            assertThat(read().keys())
                    .extracting(key -> key.stage())
                    .containsExactly(Stage.RETIRED, Stage.SEALING, Stage.NEXT);

            var later = eventId + "_later";
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        service.deliver(later, body(later, APPLICATION));
                        assertThat(sealingKey(later)).isEqualTo(next.id());
                    });
        }
        var seal = Seal.of(Files.readString(keyset));
        assertThat(seal.open(latest(eventId).getSealed(), APPLICATION.toString(), eventId))
                .isNotNull();

        assertThat(run("destroy", "--application", APPLICATION.toString()).out())
                .contains("0 keys destroyed");
        var before = Files.readString(times);
        DeliveryFixtures.write(
                times,
                before.replaceAll("\"sealingUntil\" : \"[^\"]*\"", "\"sealingUntil\" : \"2020-01-01T00:00:00Z\""));
        assertThat(run("destroy", "--application", APPLICATION.toString()).out())
                .contains("1 keys destroyed");
        var left = Seal.of(Files.readString(keyset));
        assertThatThrownBy(() -> left.open(latest(eventId).getSealed(), APPLICATION.toString(), eventId))
                .isInstanceOf(GeneralSecurityException.class);
        assertThat(left.open(latest(eventId + "_later").getSealed(), APPLICATION.toString(), eventId + "_later"))
                .isNotNull();
    }

    /** In Kubernetes the mounted file cannot be written. */
    @Test
    void writesToAnotherFileAndLeavesTheOldOne() throws Exception {
        var before = Files.readString(keyset);
        var out = secrets.resolve("new.json");

        assertThat(run("rotate", "--keyset", keyset.toString(), "--out", out.toString())
                        .code())
                .isZero();

        assertThat(Files.readString(keyset)).isEqualTo(before);
        assertThat(times).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(SealKeyset.of(Files.readString(out), Files.readString(secrets.resolve("new-times.json")))
                        .keys())
                .extracting(key -> key.stage())
                .containsExactly(Stage.SEALING, Stage.NEXT);
        try (var files = Files.list(secrets)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void refusesToDestroyWhatTheLogStillHolds() {
        assertThatThrownBy(() -> run("destroy", "--application", APPLICATION.toString(), "--keep", "29d"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--keep: 696h (expected: at least 720h");
    }

    @Test
    void showsNoKeyToWhoeverListsThem() throws Exception {
        run("rotate", "--application", APPLICATION.toString());
        var secret = Files.readString(keyset).replaceAll("(?s).*?\"value\":\"([^\"]*)\".*", "$1");

        var jar = DeliveryFixtures.jar(secrets, "127.0.0.1:1", "http://127.0.0.1:1");
        var listed = jar.run("seal-keys", "list", "--application", APPLICATION.toString());

        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(secret).hasSizeGreaterThan(20);
        assertThat(listed.out()).contains("SEALING", "NEXT").doesNotContain(secret);
        assertThat(jar.run("seal-keys", "list", "--keyset", "nowhere.json").code())
                .isEqualTo(1);
    }

    private Operator.Ended run(String verb, String... options) throws Exception {
        var arguments = new String[options.length + 5];
        arguments[0] = verb;
        System.arraycopy(options, 0, arguments, 1, options.length);
        var who = new String[] {"--by", "sre-7", "--why", "daily job"};
        System.arraycopy(who, 0, arguments, options.length + 1, 4);
        return operator.run("seal-keys", arguments);
    }

    private SealKeyset read() throws IOException {
        return SealKeyset.of(Files.readString(keyset), Files.readString(times));
    }

    /** Tink writes the key's id behind its first byte, and ours is the layout's. */
    private int sealingKey(String eventId) {
        return latest(eventId).getSealed().getInt(2);
    }

    private JourneySnapshot latest(String eventId) {
        return log.all(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                .filter(written -> EventHeaders.text(written.headers(), EventHeaders.ID)
                        .filter(eventId::equals)
                        .isPresent())
                .map(written -> (JourneySnapshot) Objects.requireNonNull(written.value()))
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
