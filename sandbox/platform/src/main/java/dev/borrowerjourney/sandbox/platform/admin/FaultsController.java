package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Says what can be turned, what struck, and limits switches to a borrower, a path or some calls. */
@RestController
@RequestMapping("/admin/faults")
class FaultsController {

    private final Faults faults;

    FaultsController(Faults faults) {
        this.faults = faults;
    }

    /** One switch, for whoever draws a page of them. */
    record Described(
            String name,
            String group,
            String type,
            long minimum,
            long maximum,
            @JsonProperty("default") Object standard,
            String meaning) {

        static Described of(Switch one) {
            return new Described(
                    one.label(),
                    one.group().name().toLowerCase(Locale.ROOT),
                    one.kind().name().toLowerCase(Locale.ROOT).replace("signed_millis", "millis"),
                    one.kind().minimum(),
                    one.kind().maximum(),
                    one.standard(),
                    one.meaning());
        }
    }

    record Catalogue(List<Described> items) {}

    record Limit(
            @Nullable ObjectNode switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer calls) {}

    record Limited(
            long id,
            Map<String, Object> switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer left) {

        static Limited of(Faults.View view) {
            return new Limited(view.id(), labelled(view.switches()), view.borrower(), view.path(), view.left());
        }
    }

    record Active(Map<String, Object> struck, List<Limited> items) {}

    @GetMapping("/catalogue")
    Catalogue catalogue() {
        return new Catalogue(Arrays.stream(Switch.values()).map(Described::of).toList());
    }

    @GetMapping
    Active active() {
        return new Active(
                labelled(faults.struck()),
                faults.limited().stream().map(Limited::of).toList());
    }

    @PostMapping
    Limited limit(@RequestBody Limit limit) {
        try {
            Map<Switch, Object> values = limit.switches() == null ? Map.of() : Switches.State.values(limit.switches());
            return Limited.of(faults.limit(values, limit.borrower(), limit.path(), limit.calls()));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(@PathVariable long id) {
        if (!faults.lift(id)) {
            throw notFound("limited fault");
        }
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void liftAll() {
        faults.liftAll();
    }

    private static Map<String, Object> labelled(Map<Switch, ?> values) {
        Map<String, Object> labelled = new LinkedHashMap<>();
        values.forEach((one, value) -> labelled.put(one.label(), value));
        return labelled;
    }
}
