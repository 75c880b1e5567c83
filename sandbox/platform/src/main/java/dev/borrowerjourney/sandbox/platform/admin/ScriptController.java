package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.script.Script;
import dev.borrowerjourney.sandbox.platform.script.ScriptRuns;
import dev.borrowerjourney.sandbox.platform.script.Scripts;
import dev.borrowerjourney.sandbox.platform.webhook.SecretRotation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Begins and ends scripts of hostility, and rotates webhook secrets. */
@RestController
@RequestMapping("/admin")
class ScriptController {

    private static final long LONGEST_SECONDS = 3_600;

    private final Scripts scripts;
    private final ScriptRuns runs;
    private final SecretRotation rotation;
    private final SandboxPlatformProperties properties;

    ScriptController(Scripts scripts, ScriptRuns runs, SecretRotation rotation, SandboxPlatformProperties properties) {
        this.scripts = scripts;
        this.runs = runs;
        this.rotation = rotation;
        this.properties = properties;
    }

    record Ready(String name, String about, double seconds) {}

    record AllReady(List<Ready> items) {}

    /**
     * What to begin.
     *
     * @param name of one that is ready, or null with the text of another
     * @param seed in place of the script's own
     */
    record Begin(
            @Nullable String name,
            @Nullable String text,
            @Nullable Long seed) {}

    record Shown(
            String script,
            ScriptRuns.State state,
            long seed,
            int phase,
            int phases,
            String phaseName,
            @Nullable Instant phaseEndsAt,
            Map<String, Long> struck) {

        static Shown of(ScriptRuns.Progress progress) {
            Map<String, Long> struck = new LinkedHashMap<>();
            progress.struck().forEach((one, count) -> struck.put(one.label(), count));
            return new Shown(
                    progress.script(),
                    progress.state(),
                    progress.seed(),
                    progress.phase(),
                    progress.phases(),
                    progress.phaseName(),
                    progress.phaseEndsAt(),
                    struck);
        }
    }

    record Rotation(
            @Nullable Long handoverSeconds, @Nullable Long overlapSeconds) {}

    @GetMapping("/scripts")
    AllReady ready() {
        return new AllReady(scripts.ready().stream()
                .map(script ->
                        new Ready(script.name(), script.about(), script.lasts().toMillis() / 1e3))
                .toList());
    }

    @PutMapping("/script")
    Shown begin(@RequestBody Begin begin) {
        Script script = script(begin);
        try {
            return Shown.of(runs.start(script, begin.seed() == null ? script.seed() : begin.seed()));
        } catch (IllegalStateException e) {
            throw wrongState(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/script")
    Shown progress() {
        return runs.progress().map(Shown::of).orElseThrow(() -> notFound("script"));
    }

    /** Comes back when everything is right again; also where none runs. */
    @DeleteMapping("/script")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stop() throws InterruptedException {
        runs.stop();
    }

    @PostMapping("/webhook-secrets/{applicationId}/rotation")
    SecretRotation.Rotated rotate(@PathVariable UUID applicationId, @RequestBody Rotation asked) {
        check(applicationId);
        return rotation.rotate(
                applicationId,
                seconds(asked.handoverSeconds(), SecretRotation.HANDOVER),
                seconds(asked.overlapSeconds(), SecretRotation.OVERLAP));
    }

    @DeleteMapping("/webhook-secrets/{applicationId}/rotation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void undo(@PathVariable UUID applicationId) {
        check(applicationId);
        rotation.undo(applicationId);
    }

    private Script script(Begin begin) {
        if (begin.text() != null) {
            try {
                return scripts.read(begin.text());
            } catch (IllegalArgumentException e) {
                throw invalid(String.valueOf(e.getMessage()));
            }
        }
        return scripts.named(begin.name() == null ? "" : begin.name()).orElseThrow(() -> notFound("script"));
    }

    private static Duration seconds(@Nullable Long asked, Duration otherwise) {
        if (asked == null) {
            return otherwise;
        }
        if (asked < 0 || asked > LONGEST_SECONDS) {
            throw invalid("Seconds must be 0 to " + LONGEST_SECONDS + ".");
        }
        return Duration.ofSeconds(asked);
    }

    private void check(UUID applicationId) {
        if (properties.applications().stream()
                .noneMatch(application -> application.applicationId().equals(applicationId))) {
            throw notFound("application");
        }
    }
}
