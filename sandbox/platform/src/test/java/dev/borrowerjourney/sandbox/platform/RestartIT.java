package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {

    @TempDir
    Path directory;

    @Test
    void keepsEverythingAcrossARestart() {
        BorrowerApp borrower;
        String journeyId;
        TestPlatform.Answer first;
        String keys;
        try (TestPlatform platform = TestPlatform.start(directory)) {
            borrower = platform.borrower();
            first = borrower.send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", "once");
            journeyId = first.data().path("journeyID").asString();
            borrower.giveProfile(journeyId, "ABCDE1234F");
            keys = platform.get("/identity/jwks.json").text();
        }

        try (TestPlatform platform = TestPlatform.start(directory)) {
            TestPlatform.Answer replayed = platform.send(
                    "POST",
                    "/api/v1/headless/journeys",
                    "{\"type\":\"PERSONAL_LOAN\"}",
                    "Authorization",
                    "Bearer " + borrower.sessionToken,
                    "Idempotency-Key",
                    "once");

            assertThat(replayed.text()).isEqualTo(first.text());
            assertThat(platform.get("/identity/jwks.json").text()).isEqualTo(keys);
            await().atMost(Duration.ofSeconds(60)).until(() -> platform.get("/admin/truth/journeys/" + journeyId)
                    .json()
                    .path("status")
                    .asString()
                    .equals("OFFERS_AVAILABLE"));
        }
    }

    @Test
    void sendsAfterAKillWhatWasNotDelivered() throws Exception {
        TestPlatform.writeSecrets(directory);
        try (TestReceiver receiver = new TestReceiver()) {
            receiver.answer(_ -> 503);
            int port = FreePort.next();
            Process process = process(port);
            String externalId;
            try {
                TestPlatform platform = TestPlatform.at("http://127.0.0.1:" + port);
                platform.subscribe(receiver.url());
                BorrowerApp borrower = platform.borrower();
                borrower.startJourney("PERSONAL_LOAN");
                externalId = borrower.externalId;
                receiver.await(externalId, 1);
            } finally {
                process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            }
            int before = receiver.of(externalId).size();
            receiver.answer(_ -> 202);

            try (TestPlatform again = TestPlatform.start(directory)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(again, externalId));
            }
            assertThat(receiver.of(externalId)).hasSizeGreaterThan(before).allMatch(TestReceiver.Received::authentic);
            assertThat(receiver.of(externalId).stream()
                            .map(TestReceiver.Received::eventId)
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void drawsTheSameJourneysFromTheSameSeed() {
        List<List<String>> first = drawn("first");

        assertThat(drawn("again")).isEqualTo(first);
        assertThat(first.stream().distinct()).as("different ways").hasSizeGreaterThan(1);
    }

    /** How far the journeys of eight borrowers come by themselves, whose data are in no row of the outcomes. */
    private List<List<String>> drawn(String name) {
        try (TestPlatform platform = TestPlatform.start(directory.resolve(name), "outcome-seed=7")) {
            List<String> journeys = IntStream.range(0, 8)
                    .mapToObj(number -> {
                        BorrowerApp borrower = BorrowerApp.login(platform, "CUST_SEEDED_" + number);
                        String journeyId = borrower.startJourney("PERSONAL_LOAN");
                        borrower.giveProfile(journeyId, "ZZZZZ9999Z");
                        return journeyId;
                    })
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> journeys.stream()
                    .allMatch(id -> !platform.states(id).getLast().endsWith(" WAIT")));
            return journeys.stream()
                    .map(id -> platform.states(id).stream().limit(5).toList())
                    .toList();
        }
    }

    private static boolean acknowledged(TestPlatform platform, String externalId) {
        return platform.get("/admin/truth/journeys?borrowerExternalId=" + externalId)
                .json()
                .at("/items/0/snapshots")
                .valueStream()
                .allMatch(it -> it.path("delivery").asString().equals("ACKNOWLEDGED"));
    }

    private Process process(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "sandbox-platform.jar").toAbsolutePath().toString()));
        command.addAll(List.of(TestPlatform.arguments(directory)));
        command.addAll(List.of("--server.port=" + port, "--management.server.port=0"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertThat(process.isAlive()).as("the process lives").isTrue();
            return Files.readString(directory.resolve("log")).contains("Started SandboxPlatform");
        });
        return process;
    }
}
