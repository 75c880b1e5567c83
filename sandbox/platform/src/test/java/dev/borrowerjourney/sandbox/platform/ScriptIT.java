package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.TestPlatform.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private void begin(String script) {
        var body = TestPlatform.JSON.createObjectNode().put("text", script);
        assertThat(platform.send("PUT", "/admin/script", body.toString()).status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> platform.get("/admin/switches").text().contains("\"reorder\":true"));
    }
}
