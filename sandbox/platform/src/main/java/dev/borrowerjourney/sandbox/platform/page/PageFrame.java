package dev.borrowerjourney.sandbox.platform.page;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** What every page of the platform has in common: no script, nothing from another host, everything named. */
final class PageFrame {

    private PageFrame() {}

    /**
     * A whole page.
     *
     * @param house who the borrower is told to be dealing with
     * @param body markup, in which whatever came from elsewhere is escaped
     */
    static String page(String house, String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>%2$s · %1$s</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/pages/page.css">
                </head>
                <body>
                <header><p>%1$s <span>Sandbox</span></p></header>
                <main><h1>%2$s</h1>%3$s</main>
                </body>
                </html>
                """.formatted(escaped(house), escaped(title), body);
    }

    /** Something that cannot be shown or done, and the way back if there is one. */
    static String refused(String title, String message, @Nullable URI back) {
        String leave = back == null
                ? ""
                : "<a class=\"button\" href=\"%s\">Back to the app</a>".formatted(escaped(back.toString()));
        return page("Lending platform", title, "<p>%s</p>%s".formatted(escaped(message), leave));
    }

    static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
