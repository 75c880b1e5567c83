package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Turns the switches and the pace. */
@RestController
@RequestMapping("/admin")
class SwitchesController {

    private final Switches switches;
    private final PlatformClock clock;
    private final JsonMapper json;

    SwitchesController(Switches switches, PlatformClock clock, JsonMapper json) {
        this.switches = switches;
        this.clock = clock;
        this.json = json;
    }

    record Pace(double pace) {}

    @GetMapping("/switches")
    Switches.State switches() {
        return switches.current();
    }

    /** What the body leaves out goes back to its default. */
    @PutMapping("/switches")
    Switches.State replace(@RequestBody String body) {
        switches.set(Settings.overlaid(json, Switches.State.DEFAULT, Switches.State.class, body));
        return switches.current();
    }

    @PatchMapping("/switches")
    Switches.State change(@RequestBody String body) {
        switches.set(Settings.overlaid(json, switches.current(), Switches.State.class, body));
        return switches.current();
    }

    @GetMapping("/clock")
    Pace pace() {
        return new Pace(clock.pace());
    }

    @PutMapping("/clock")
    Pace setPace(@RequestBody String body) {
        Pace asked = Settings.overlaid(json, new Pace(clock.pace()), Pace.class, body);
        try {
            clock.setPace(asked.pace());
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        return pace();
    }
}
