package dev.borrowerjourney.sandbox.platform.page;

import static dev.borrowerjourney.sandbox.platform.page.PageFrame.escaped;
import static java.util.stream.Collectors.joining;

import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pages of the redirect steps say: the consent, the mandate, and the agreement with its key facts. */
final class PageText {

    /** Not part of the platform: the third way that payment sandboxes have. */
    private static final String SANDBOX = """
            <details><summary>Sandbox: let it fail</summary><form method="post">
            <button name="answer" value="fail">Come back with a failure</button></form></details>
            """;

    private PageText() {}

    /** A page of a step: what is agreed to, and the three ways back. */
    static String step(Step step, Optional<Offer> offer) {
        String lender = offer.map(Offer::lender).orElse("The lenders you asked");
        return switch (step.kind()) {
            case AA_CONSENT -> consent(lender, step);
            case E_MANDATE -> mandate(lender, offer, step);
            case LOAN_AGREEMENT -> agreement(lender, offer, step);
            case KYC, BANK_MANDATE -> throw new IllegalArgumentException(step.kind() + " is a form, not a page");
        };
    }

    static String keyFacts(Offer offer) {
        return PageFrame.page(offer.lender(), "Key facts statement", card(facts(offer)) + explained());
    }

    static String done() {
        return PageFrame.page("Lending platform", "Done", "<p>You may close this page.</p>");
    }

    private static String consent(String lender, Step step) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("Who asks", lender);
        terms.put("What", "Statements of one account, of the last six months");
        terms.put("What for", "This loan only");
        terms.put("How often", "Once");
        terms.put("Ends", "After 30 days, or when you withdraw it");
        return PageFrame.page(
                "Neem Account Aggregator",
                title(step.kind()),
                again(step)
                        + "<p>An Account Aggregator passes your statements on without reading them, and only if you agree.</p>"
                        + card(table("What you agree to", terms))
                        + form(accounts("Which account?"), "Give consent"));
    }

    private static String mandate(String lender, Optional<Offer> offer, Step step) {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("To", lender);
        offer.ifPresent(chosen -> {
            terms.put("At most", rupees(chosen.emi()) + " each time");
            terms.put("How often", "Monthly, on the due date of each EMI");
            terms.put("Ends", "With the loan, after " + chosen.tenureMonths() + " EMIs");
        });
        return PageFrame.page(
                "Example Bank",
                title(step.kind()),
                again(step)
                        + "<p>Your bank pays each EMI on time. You can end the mandate here at any time.</p>"
                        + card(table("The mandate", terms))
                        + form(accounts("Paid from"), "Approve e-mandate"));
    }

    private static String agreement(String lender, Optional<Offer> offer, Step step) {
        return PageFrame.page(
                lender,
                title(step.kind()),
                again(step)
                        + offer.map(chosen -> card(facts(chosen))).orElse("")
                        + card("<h2>In short</h2>"
                                + points(List.of(
                                        "You repay as stated above, by your e-mandate.",
                                        "You may give the loan back within three days and pay only the interest of those days.",
                                        "You may pay back early, a part or all of it, at any time.",
                                        "If an EMI is missed, the lender tells you before anything else happens.")))
                        + form(
                                "<label><input type=\"checkbox\" name=\"read\" required> I have read the key facts</label>",
                                "Sign agreement"));
    }

    private static String title(StepKind kind) {
        return switch (kind) {
            case AA_CONSENT -> "Share your bank statements";
            case E_MANDATE -> "Set up your e-mandate";
            case LOAN_AGREEMENT -> "Your loan agreement";
            case KYC -> "Identity check";
            case BANK_MANDATE -> "Bank account";
        };
    }

    private static String again(Step step) {
        Step.Diagnostics reason = step.diagnostics();
        return reason == null
                ? ""
                : "<div class=\"note\">%s You can try again.</div>".formatted(escaped(reason.message()));
    }

    private static String form(String asked, String agree) {
        return """
                <form method="post" class="card">%s
                <button class="agree" name="answer" value="agree">%s</button>
                <button name="answer" value="cancel" formnovalidate>Go back without agreeing</button></form>
                %s""".formatted(asked, agree, SANDBOX);
    }

    private static String accounts(String question) {
        return """
                <fieldset><legend>%s</legend>
                <label><input type="radio" name="account" value="1" checked> Example Bank, savings ••••&nbsp;2333</label>
                <label><input type="radio" name="account" value="2"> Sample Bank, salary ••••&nbsp;8841</label></fieldset>
                """.formatted(question);
    }

    private static String facts(Offer offer) {
        BigDecimal repaid = offer.emi().multiply(BigDecimal.valueOf(offer.tenureMonths()));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Lender", offer.lender());
        facts.put("Loan amount", rupees(offer.amount()));
        facts.put("Paid out to you", rupees(offer.amount().subtract(offer.processingFee())));
        facts.put("Interest a year", offer.interestRatePercent() + " %");
        facts.put("Annual percentage rate", offer.aprPercent() + " %");
        facts.put("Tenure", offer.tenureMonths() + " months");
        facts.put("EMI", rupees(offer.emi()));
        facts.put("Processing fee", rupees(offer.processingFee()));
        facts.put("Interest in all", rupees(repaid.subtract(offer.amount())));
        facts.put("You pay in all", rupees(repaid.add(offer.processingFee())));
        return table("Key facts statement", facts);
    }

    private static String explained() {
        return card("<h2>What the words mean</h2>"
                + points(List.of(
                        "Annual percentage rate: the yearly cost with the fee in it. Compare offers by it.",
                        "EMI: what you pay each month, interest and repayment together.",
                        "Processing fee: taken off once, when the money is paid out.")));
    }

    private static String card(String content) {
        return "<section class=\"card\">%s</section>".formatted(content);
    }

    private static String table(String caption, Map<String, String> rows) {
        Stream<String> lines = rows.entrySet().stream().map(row -> "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
                .formatted(escaped(row.getKey()), escaped(row.getValue())));
        return "<table><caption>%s</caption><tbody>%s</tbody></table>".formatted(caption, lines.collect(joining()));
    }

    private static String points(List<String> points) {
        return points.stream().map(point -> "<li>" + escaped(point) + "</li>").collect(joining("", "<ul>", "</ul>"));
    }

    /** Lakhs and crores have groups of two digits, which Java's formats cannot make. */
    private static String rupees(BigDecimal amount) {
        return "₹"
                + amount.setScale(2, RoundingMode.HALF_UP)
                        .toPlainString()
                        .replaceAll("(\\d)(?=(\\d{2})+\\d\\.)", "$1,");
    }
}
