package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import java.util.Map;
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
    private final Faults faults;
    private final PlatformClock clock;
    private final JsonMapper json;

    SwitchesController(Switches switches, Faults faults, PlatformClock clock, JsonMapper json) {
        this.switches = switches;
        this.faults = faults;
        this.clock = clock;
        this.json = json;
    }

    record Pace(double pace) {}

    @GetMapping("/switches")
    Map<String, Object> switches() {
        return switches.current().byLabel();
    }

    /** What the body leaves out goes back to its default, limited faults are lifted, and the seed begins anew. */
    @PutMapping("/switches")
    Map<String, Object> replace(@RequestBody String body) {
        Map<Switch, Object> changes = Settings.switches(json, body);
        faults.liftAll();
        faults.beginAnew();
        switches.set(Switches.State.DEFAULT.with(changes));
        return switches();
    }

    @PatchMapping("/switches")
    Map<String, Object> change(@RequestBody String body) {
        Map<Switch, Object> changes = Settings.switches(json, body);
        if (changes.containsKey(Switch.SEED)) {
            faults.beginAnew();
        }
        switches.set(switches.current().with(changes));
        return switches();
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
