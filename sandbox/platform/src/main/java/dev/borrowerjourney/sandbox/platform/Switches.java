package dev.borrowerjourney.sandbox.platform;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What tests, drills and developers turn while the platform runs. Every start begins with the defaults. */
@Component
public class Switches {

    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private volatile State current = State.DEFAULT;

    public State current() {
        return current;
    }

    public void set(State changed) {
        current = changed;
        listeners.forEach(listener -> listener.accept(changed));
    }

    /** Tells of every setting, also of one that changes nothing. */
    public void whenSet(Consumer<State> listener) {
        listeners.add(listener);
    }

    /** The value of every switch. */
    public static final class State {

        public static final State DEFAULT = new State(Arrays.stream(Switch.values())
                .collect(Collectors.toMap(
                        it -> it, Switch::standard, (one, _) -> one, () -> new EnumMap<>(Switch.class))));

        private final Map<Switch, Object> values;

        private State(Map<Switch, Object> values) {
            this.values = Collections.unmodifiableMap(values);
        }

        /** The values that the members name, checked. */
        public static Map<Switch, Object> values(ObjectNode members) {
            Map<Switch, Object> values = new EnumMap<>(Switch.class);
            members.propertyStream().forEach(member -> {
                Switch one = Switch.named(member.getKey())
                        .orElseThrow(() -> new IllegalArgumentException("Unknown member; known are "
                                + Arrays.stream(Switch.values())
                                        .map(Switch::label)
                                        .collect(Collectors.joining(", "))
                                + "."));
                values.put(one, one.value(member.getValue()));
            });
            return values;
        }

        public State with(Map<Switch, Object> changes) {
            Map<Switch, Object> changed = new EnumMap<>(values);
            changed.putAll(changes);
            return new State(changed);
        }

        public Object value(Switch one) {
            return values.getOrDefault(one, one.standard());
        }

        public boolean flag(Switch one) {
            return (Boolean) value(one);
        }

        public double share(Switch one) {
            return (Double) value(one);
        }

        public long amount(Switch one) {
            return (Long) value(one);
        }

        /** Every switch by the name that JSON knows, in the order of the catalogue. */
        public Map<String, Object> byLabel() {
            Map<String, Object> all = new LinkedHashMap<>();
            values.forEach((one, value) -> all.put(one.label(), value));
            return all;
        }
    }
}
