package dev.borrowerjourney.defaults.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** Which names below a setting mean something. */
sealed interface Shape {

    /** Whether the name, from its element on, is one that the binder would read. */
    boolean claims(ConfigurationPropertyName name, int element);

    /** The same for the words of an environment variable. */
    boolean claims(List<String> words, int word, Spelling spelling);

    /** Adds the names a reader may choose from, in the way the documentation writes them. */
    void names(String prefix, List<String> found);

    /** How environment variables spell dashes: left out, or as an underscore; never mixed in one name. */
    enum Spelling {
        JOINED,
        SPLIT;

        List<String> words(String field) {
            var upper = field.toUpperCase(Locale.ROOT);
            return switch (this) {
                case JOINED -> List.of(upper.replace("-", ""));
                case SPLIT -> Arrays.asList(upper.split("-", -1));
            };
        }
    }

    /** One value, made from text. */
    record Text() implements Shape {

        @Override
        public boolean claims(ConfigurationPropertyName name, int element) {
            return element == name.getNumberOfElements();
        }

        @Override
        public boolean claims(List<String> words, int word, Spelling spelling) {
            return word == words.size();
        }

        @Override
        public void names(String prefix, List<String> found) {
            found.add(prefix);
        }
    }

    /**
     * A record.
     *
     * @param convertible whether one text may stand for all of it
     */
    record Fields(Map<String, Shape> fields, boolean convertible) implements Shape {

        @Override
        public boolean claims(ConfigurationPropertyName name, int element) {
            if (element == name.getNumberOfElements()) {
                return convertible;
            }
            var wanted = name.getElement(element, Form.UNIFORM);
            return fields.entrySet().stream()
                    .anyMatch(field -> field.getKey().replace("-", "").equals(wanted)
                            && field.getValue().claims(name, element + 1));
        }

        @Override
        public boolean claims(List<String> words, int word, Spelling spelling) {
            if (word == words.size()) {
                return convertible;
            }
            return fields.entrySet().stream().anyMatch(field -> {
                var own = spelling.words(field.getKey());
                int next = word + own.size();
                return next <= words.size()
                        && words.subList(word, next).equals(own)
                        && field.getValue().claims(words, next, spelling);
            });
        }

        @Override
        public void names(String prefix, List<String> found) {
            fields.forEach((field, shape) -> shape.names(prefix + "." + field, found));
        }
    }

    /** A list, one by one or as one text with commas. */
    record Items(Shape item) implements Shape {

        @Override
        public boolean claims(ConfigurationPropertyName name, int element) {
            return element == name.getNumberOfElements()
                    || (name.isNumericIndex(element) && item.claims(name, element + 1));
        }

        @Override
        public boolean claims(List<String> words, int word, Spelling spelling) {
            return word == words.size() || (words.get(word).matches("\\d+") && item.claims(words, word + 1, spelling));
        }

        @Override
        public void names(String prefix, List<String> found) {
            item.names(item instanceof Text ? prefix : prefix + "[0]", found);
        }
    }

    /** A map: any key. */
    record Entries(Shape value) implements Shape {

        @Override
        public boolean claims(ConfigurationPropertyName name, int element) {
            int last = name.getNumberOfElements();
            // A key may hold dots, where the value is a text.
            return element < last && (value.claims(name, element + 1) || value.claims(name, last));
        }

        @Override
        public boolean claims(List<String> words, int word, Spelling spelling) {
            for (int next = word + 1; next <= words.size(); next++) {
                if (value.claims(words, next, spelling)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void names(String prefix, List<String> found) {
            value.names(prefix + ".<key>", found);
        }
    }
}
