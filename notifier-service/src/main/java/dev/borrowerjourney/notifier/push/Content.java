package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.push.Texts.Text;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything that an app is handed with a push: the text, and three members that mean nothing to anybody else. */
record Content(Text text, Map<String, String> data) {

    static Content of(Push push, Locale locale, Texts texts) {
        return new Content(
                texts.of(push.kind(), locale),
                Map.of(
                        "kind",
                        push.kind().name(),
                        "journey",
                        push.journey().value(),
                        "notificationId",
                        push.notificationId().toString()));
    }

    /** All in one object, as a browser's service worker gets it. */
    Map<String, String> flat() {
        var flat = new TreeMap<>(data);
        flat.put("title", text.title());
        flat.put("body", text.body());
        return flat;
    }
}
