package dev.borrowerjourney.sandbox.demo.journey;

import com.microsoft.playwright.Page;

/** Somebody without a mouse: goes from control to control, and presses what has the focus. */
record Keyboard(Page page) {

    private static final int MOST_STOPS = 60;

    Keyboard to(String selector) {
        page.locator(selector).first().waitFor();
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            if ((Boolean) page.evaluate("wanted => document.activeElement.matches(wanted)", selector)) {
                return this;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError(selector + ": not reached by " + MOST_STOPS + " stops");
    }

    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    Keyboard type(String text) {
        page.keyboard().type(text);
        return this;
    }
}
