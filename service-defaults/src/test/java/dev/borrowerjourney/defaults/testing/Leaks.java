package dev.borrowerjourney.defaults.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Wherever something might have slipped out, such as logs, metrics, spans and refusals, as text by place. */
public record Leaks(Map<String, String> texts) {

    /** Which of the values are found where, by their numbers: a report of a leak must not be one. */
    public List<String> found(List<String> values) {
        var found = new ArrayList<String>();
        texts.forEach((place, text) -> {
            for (int i = 0; i < values.size(); i++) {
                if (text.contains(values.get(i))) {
                    found.add("value " + i + " is in " + place);
                }
            }
        });
        return found;
    }

    /** The places of which nothing was kept, so that nothing can be found there. */
    public List<String> empty() {
        return texts.entrySet().stream()
                .filter(text -> text.getValue().isBlank())
                .map(Map.Entry::getKey)
                .toList();
    }
}
