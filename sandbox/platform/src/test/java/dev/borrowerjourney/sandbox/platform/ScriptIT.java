package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.TestPlatform.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptIT {

    Path directory;
    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        platform = TestPlatform.start(directory);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void goesThroughItsPhasesAndSetsEverythingRight() {
        platform.subscribe("http://127.0.0.1:1/hook");
        String standard = platform.get("/admin/switches").text();
        begin("""
                phases:
                  - {name: nobody, seconds: 4, switches: {reorder: true}, subscription: none}
                  - {name: rotated, seconds: 0.3, rotate: true, limited: [{switches: {dropped: 1}, calls: 2}]}
                """);

        assertThat(platform.get("/admin/script").json().path("phaseName").asString())
                .isEqualTo("nobody");
        assertThat(platform.send("PUT", "/admin/script", "{\"name\":\"storm\"}").status())
                .isEqualTo(409);
        await().atMost(Duration.ofSeconds(60)).until(() -> platform.get("/admin/script")
                .json()
                .path("state")
                .asString()
                .equals("ENDED"));

        assertThat(platform.get("/admin/switches").text()).isEqualTo(standard);
        assertThat(platform.get("/admin/faults").json().path("items")).isEmpty();
        assertThat(platform.get("/admin/subscriptions/" + APPLICATION).text()).contains("http://127.0.0.1:1/hook");
        assertThat(directory.resolve("secrets/webhook/" + APPLICATION))
                .isDirectoryNotContaining("glob:**rotated*")
                .isDirectoryNotContaining("glob:**.json");
    }

    @Test
    void setsEverythingRightWhenItIsStopped() {
        String standard = platform.get("/admin/switches").text();
        assertThat(platform.get("/admin/scripts").json().path("items").toString())
                .contains("\"name\":\"outage\"");
        assertThat(platform.send("PUT", "/admin/script", "{\"name\":\"outage\",\"seed\":3}")
                        .json()
                        .path("seed")
                        .asLong())
                .isEqualTo(3);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.get("/admin/switches").text().contains("\"cutCalls\":1.0"));

        assertThat(platform.send("DELETE", "/admin/script", null).status()).isEqualTo(204);

        assertThat(platform.get("/admin/switches").text()).isEqualTo(standard);
        assertThat(platform.get("/admin/script").json().path("state").asString())
                .isEqualTo("STOPPED");
        assertThat(platform.send("PUT", "/admin/script", "{\"name\":\"nosuch\"}")
                        .status())
                .isEqualTo(404);
        assertThat(platform.send("PUT", "/admin/script", "{\"text\":\"phases: none\"}")
                        .status())
                .isEqualTo(400);
    }

    /** A partner who subscribed while a script ran stays subscribed, whatever was before. */
    @Test
    void leavesWhatThePartnerDidMeanwhileAlone() {
        platform.subscribe("http://127.0.0.1:1/before");
        begin("""
                phases:
                  - {name: elsewhere, seconds: 60, switches: {reorder: true}, subscription: 'http://127.0.0.1:1/script'}
                """);
        platform.subscribe("http://127.0.0.1:1/meanwhile");

        platform.send("DELETE", "/admin/script", null);

        assertThat(platform.get("/admin/subscriptions/" + APPLICATION).text()).contains("/meanwhile");
        assertThat(platform.get("/admin/subscriptions/" + TestPlatform.OTHER_APPLICATION)
                        .text())
                .isEqualTo("{\"url\":null}");
    }

    /** A disk that is full, say; here the folder of one application's secrets is gone. */
    @Test
    void endsAlsoWhenSomethingCannotBeSetRight() throws IOException {
        platform.subscribe("http://127.0.0.1:1/hook");
        Path secrets = directory.resolve("secrets/webhook/" + TestPlatform.OTHER_APPLICATION);
        Path away = directory.resolve("away");
        begin("""
                phases:
                  - {name: rotated, seconds: 60, switches: {reorder: true}, subscription: none, rotate: true}
                """);
        await().atMost(Duration.ofSeconds(60)).until(() -> platform.get("/admin/subscriptions/" + APPLICATION)
                .text()
                .equals("{\"url\":null}"));
        Files.move(secrets, away);
        try {
            assertThat(platform.send("DELETE", "/admin/script", null).status()).isEqualTo(204);
            assertThat(platform.get("/admin/subscriptions/" + APPLICATION).text())
                    .contains("http://127.0.0.1:1/hook");
        } finally {
            Files.move(away, secrets);
            platform.send("DELETE", "/admin/webhook-secrets/" + TestPlatform.OTHER_APPLICATION + "/rotation", null);
        }
    }

    @Test
    void tellsWhatStruckWhileAPhaseLasts() {
        begin("""
                phases:
                  - {name: failing, seconds: 60, switches: {reorder: true, failedAnswers: 1}}
                """);
        assertThat(platform.asBackend(BorrowerApp.HEADLESS + "/sessions", "{}").status())
                .isEqualTo(500);

        assertThat(platform.get("/admin/script")
                        .json()
                        .at("/struck/failedAnswers")
                        .asInt())
                .isEqualTo(1);
        platform.send("DELETE", "/admin/script", null);
    }

    private void begin(String script) {
        var body = TestPlatform.JSON.createObjectNode().put("text", script);
        assertThat(platform.send("PUT", "/admin/script", body.toString()).status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.get("/admin/switches").text().contains("\"reorder\":true"));
    }
}
