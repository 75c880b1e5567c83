package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SeedIT {

    static final String STORM = """
            phases:
              - name: storm
                seconds: 600
                switches:
                  dropped: 0.2
                  duplicates: 0.3
                  corruptedBodies: 0.3
                  wrongSecret: 0.2
                  withoutSequence: 0.3
                  reorder: true
                  failedAnswers: 0.2
                  lostAnswers: 0.2
                  tooManyRequests: 0.1
            """;

    @TempDir
    Path directory;

    /** Two platforms, one after the other, and the same borrowers: all that they and the receiver were told is the same. */
    @Test
    void runsTheSameAgainWithTheSameSeed() {
        List<String> first = run(directory.resolve("first"), 5);

        assertThat(run(directory.resolve("again"), 5)).isEqualTo(first);
        assertThat(run(directory.resolve("other"), 6)).isNotEqualTo(first);
        assertThat(String.join(" ", first)).contains("LOST", "401", "500", "cut", "429", "202, 202");
    }

    private static List<String> run(Path directory, long seed) {
        try (TestReceiver receiver = new TestReceiver();
                TestPlatform platform = TestPlatform.start(directory, "webhook.retry-initial=100ms")) {
            receiver.answer(it -> it.authentic() ? 202 : 401);
            platform.subscribe(receiver.url());
            List<BorrowerApp> borrowers = IntStream.range(0, 4)
                    .mapToObj(number -> BorrowerApp.login(platform, "CUST_STORM_" + number))
                    .toList();
            begin(platform, STORM, seed);
            return borrowers.parallelStream()
                    .map(borrower -> borrower.externalId + calls(borrower) + webhooks(platform, borrower.externalId))
                    .toList();
        }
    }

    /** Starts two journeys, with as many tries as it takes. */
    private static List<String> calls(BorrowerApp borrower) {
        List<String> outcomes = new ArrayList<>();
        for (int journey = 0; journey < 2; journey++) {
            String key = UUID.randomUUID().toString();
            String outcome = "";
            while (!outcome.equals("200")) {
                outcome = outcome(borrower, key);
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    private static String outcome(BorrowerApp borrower, String key) {
        try {
            return Integer.toString(borrower.send("POST", "/journeys", "{\"type\":\"PERSONAL_LOAN\"}", key)
                    .status());
        } catch (UncheckedIOException e) {
            return "cut";
        }
    }

    private static List<String> webhooks(TestPlatform platform, String externalId) {
        await().atMost(Duration.ofSeconds(60)).until(() -> snapshots(platform, externalId).stream()
                .noneMatch(it -> it.path("delivery").asString().equals("PENDING")));
        return snapshots(platform, externalId).stream()
                .map(it -> it.path("status").asString()
                        + it.path("delivery").asString()
                        + it.path("attempts")
                                .valueStream()
                                .map(attempt -> attempt.path("outcome").asString())
                                .toList())
                .toList();
    }

    private static List<JsonNode> snapshots(TestPlatform platform, String externalId) {
        return platform.get("/admin/truth/journeys?borrowerExternalId=" + externalId)
                .json()
                .path("items")
                .valueStream()
                .flatMap(journey -> journey.path("snapshots").valueStream())
                .toList();
    }

    private static void begin(TestPlatform platform, String script, long seed) {
        var body = TestPlatform.JSON.createObjectNode().put("text", script).put("seed", seed);
        assertThat(platform.send("PUT", "/admin/script", body.toString()).status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.get("/admin/switches").text().contains("\"reorder\":true"));
    }
}
