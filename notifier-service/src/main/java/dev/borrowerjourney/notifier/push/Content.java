package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.push.Texts.Text;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that an app is handed with a push.
 *
 * @param kind only for what is encrypted up to the device
 * @param data two members that mean nothing to anybody else
 */
record Content(Kind kind, Text text, Map<String, String> data) {

    static Content of(Push push, Locale locale, Texts texts) {
        return new Content(
                push.kind(),
                texts.of(push.kind(), locale),
                Map.of(
                        "journey",
                        push.journey().value(),
                        "notificationId",
                        push.notificationId().toString()));
    }

    /** All in one object, as a browser's service worker gets it: encrypted, so it may know the kind. */
    Map<String, String> forServiceWorker() {
        var all = new TreeMap<>(data);
        all.put("kind", kind.name());
        all.put("title", text.title());
        all.put("body", text.body());
        return all;
    }
}
