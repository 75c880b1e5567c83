package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody at the borrower page. Every screen that is waited for is pictured and judged by axe, and at the end nothing may
 * have been complained of in the console but what was announced.
 */
final class PageVisit implements AutoCloseable {

    private static final Path PICTURES = Path.of("target/screenshots");
    private static final double PATIENCE_MILLIS = 60_000;
    private static final String AXE = axe();

    /** Every finding that breaks WCAG 2.2 AA, and every serious one of another kind. */
    private static final String JUDGE = """
            async () => (await axe.run(document)).violations
                .filter(each => each.tags.some(tag => /^wcag\\d/.test(tag)) || ['serious', 'critical'].includes(each.impact))
                .map(each => each.id + ' (' + each.impact + '): ' + each.nodes.map(node => node.target.join(' ')).join(', '))
            """;

    private final BrowserContext context;
    private final String edge;
    private final String name;
    private final List<String> complaints = new ArrayList<>();
    private final List<Pattern> announced = new ArrayList<>();
    private final Set<String> judgedAtPlatform = new HashSet<>();
    private Page page;
    private int pictures;

    /**
     * A visit that begins at the sign-in.
     *
     * @param name first part of the names of its pictures
     */
    PageVisit(BrowserContext context, String edge, String name) {
        this.context = context;
        this.edge = edge;
        this.name = name;
        context.setDefaultTimeout(PATIENCE_MILLIS);
        this.page = tab();
    }

    /** Another tab of the same browser, which is looked at from now on. */
    Page tab() {
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // Pages of the platform are not ours.
            if (message.type().equals("error") && message.location().startsWith(edge)) {
                complaints.add(message.text() + " at " + message.location().replaceFirst("[?].*", ""));
            }
        });
        page.onPageError(complaints::add);
        page.navigate(edge);
        return page;
    }

    /** Looks at this tab again. */
    void turnTo(Page tab) {
        page = tab;
        tab.bringToFront();
    }

    Page page() {
        return page;
    }

    /** Something that the browser will complain of, and rightly so. */
    void announce(String complaint) {
        announced.add(Pattern.compile(complaint));
    }

    /** Waits for a screen, takes its picture and has it judged. */
    PageVisit at(String screen) {
        page.waitForSelector("[data-screen=" + screen + "]");
        return judge(screen);
    }

    /** Waits for a screen that was looked at before. */
    PageVisit again(String screen) {
        page.waitForSelector("[data-screen=" + screen + "]");
        return this;
    }

    /** What is there now, such as an open dialog. */
    PageVisit judge(String what) {
        picture(what);
        page.evaluate(AXE);
        assertThat((List<?>) page.evaluate(JUDGE)).as("axe on " + what).isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(what + " fits the width")
                .isTrue();
        return this;
    }

    private void picture(String what) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve("%s-%02d-%s.png".formatted(name, ++pictures, what))));
    }

    PageVisit press(String label) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .first()
                .click();
        return this;
    }

    PageVisit pressIn(String selector) {
        page.locator(selector).first().click();
        return this;
    }

    PageVisit open(String summary) {
        page.locator("summary", new Page.LocatorOptions().setHasText(summary)).click();
        return this;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    String title() {
        return page.locator("h1").textContent();
    }

    String journeyId() {
        return page.url().replaceFirst(".*[?&]journey=", "").replaceFirst("&.*", "");
    }

    /** Signs in as a borrower who was never seen, and starts a personal loan. */
    PageVisit start(String borrower) {
        return start(borrower, "PERSONAL_LOAN");
    }

    /** The same for this type of loan. */
    PageVisit start(String borrower, String type) {
        again("signIn");
        page.fill("[name=borrower]", borrower);
        return press("Continue")
                .again("home")
                .pressIn("[data-type=" + type + "]")
                .again("profile");
    }

    /** Sends sample data that lead to this outcome. */
    PageVisit tell(String outcome) {
        return open("Sandbox: fill in for me")
                .pressIn("[data-outcome=" + outcome + "]")
                .press("Get my offers");
    }

    /** Chooses the offer of this lender and goes on with it. */
    PageVisit choose(String lender) {
        return press("Choose " + lender).press("Yes, go on");
    }

    /** Leaves for a page of the platform, agrees and comes back from it. */
    PageVisit agree() {
        return leave(() -> {
            page.locator("input[required]").all().forEach(Locator::check);
            page.locator("button.agree").click();
        });
    }

    /** Leaves for a page of the platform, presses this button there, which may be folded away, and comes back from it. */
    PageVisit pressAtPlatform(String label) {
        return leave(() -> {
            var button = page.getByText(label, new Page.GetByTextOptions().setExact(true));
            if (!button.isVisible()) {
                page.locator("summary").click();
            }
            button.click();
        });
    }

    /** These pages are not the app's, but a borrower who needs a keyboard or a screen reader has to get through them, too. */
    private PageVisit leave(Runnable act) {
        pressIn(".screen .button.primary");
        page.locator("button.agree").waitFor();
        if (judgedAtPlatform.add(title())) {
            judge("platform");
        }
        act.run();
        page.waitForURL(url -> url.startsWith(edge));
        return this;
    }

    /** Fills and sends the form of a step. */
    PageVisit fill() {
        return press("Sandbox: fill in for me").pressIn(".screen button[type=submit]");
    }

    /** Waits for a title to be there: screens of one kind follow one another. */
    PageVisit titled(String title) {
        page.locator("h1", new Page.LocatorOptions().setHasText(title)).waitFor();
        return this;
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("complaints of the browser").allMatch(complaint -> announced.stream()
                .anyMatch(each -> each.matcher(complaint).find()));
    }

    private static String axe() {
        try (var script = PageVisit.class.getResourceAsStream("/axe.min.js")) {
            if (script == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
