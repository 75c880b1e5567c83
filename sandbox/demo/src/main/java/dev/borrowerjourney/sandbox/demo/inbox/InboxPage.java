package dev.borrowerjourney.sandbox.demo.inbox;

import java.util.List;
import java.util.stream.Collectors;

/** What came, for people, the latest first; without a script. */
final class InboxPage {

    private InboxPage() {}

    static String of(List<Arrived> pushes) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="refresh" content="3">
                <title>Push inbox</title>
                <style>
                body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
                li { border: 1px solid #bbb; border-radius: .5rem; padding: .5rem 1rem; margin: .5rem 0; list-style: none }
                ul { padding: 0 } p { margin: 0 } pre { overflow: auto; font-size: .85rem }
                </style>
                </head>
                <body>
                <h1>Push inbox</h1>
                <p>What notifier-service sent to the devices that were made here, the latest first. It goes no further.</p>
                <ul>
                %s
                </ul>
                </body>
                </html>
                """.formatted(
                pushes.isEmpty()
                        ? "<li>Nothing yet.</li>"
                        : pushes.reversed().stream().map(InboxPage::item).collect(Collectors.joining("\n")));
    }

    private static String item(Arrived push) {
        return """
                <li><p>%s, device …%s, %s</p><p><strong>%s</strong></p><p>%s</p>
                <details><summary>All of it</summary><pre>%s</pre></details></li>""".formatted(
                        push.channel(),
                        escaped(push.device()),
                        push.at(),
                        escaped(push.title()),
                        escaped(push.body()),
                        escaped(push.content().toPrettyString()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
