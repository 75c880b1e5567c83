package dev.borrowerjourney.sandbox.platform.page;

import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The platform's pages as HTML: no script, nothing from another host. */
final class PageText {

    private PageText() {}

    /** A page of a step: what is agreed to, one button, and a way back without it. */
    static String step(StepKind kind, Optional<Offer> offer, @Nullable URI back) {
        String leave = back == null
                ? ""
                : "<p><a href=\"%s\">Go back without agreeing</a></p>".formatted(HtmlUtils.htmlEscape(back.toString()));
        return html(
                title(kind),
                points(kind)
                        + offer.map(PageText::facts).orElse("")
                        + "<form method=\"post\"><button>%s</button></form>%s".formatted(button(kind), leave));
    }

    static String keyFacts(Offer offer) {
        return html("Key facts: " + offer.lender(), facts(offer));
    }

    static String done() {
        return html("Done", "<p>You may close this page.</p>");
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

    private static String button(StepKind kind) {
        return switch (kind) {
            case AA_CONSENT -> "Give consent";
            case E_MANDATE -> "Approve e-mandate";
            case LOAN_AGREEMENT -> "Sign agreement";
            case KYC, BANK_MANDATE -> "Agree";
        };
    }

    private static String points(StepKind kind) {
        List<String> points =
                switch (kind) {
                    case AA_CONSENT ->
                        List.of(
                                "What: the statements of one account, of the last six months",
                                "For: this loan only",
                                "How often: once");
                    case E_MANDATE ->
                        List.of(
                                "What: each EMI, on its due date",
                                "Ends: with the loan, or when you end it at your bank");
                    case LOAN_AGREEMENT ->
                        List.of("You agree to repay as stated below", "You may pay back early at any time");
                    case KYC, BANK_MANDATE -> List.of();
                };
        var items = new StringBuilder("<ul>");
        points.forEach(point ->
                items.append("<li>").append(HtmlUtils.htmlEscape(point)).append("</li>"));
        return items.append("</ul>").toString();
    }

    private static String facts(Offer offer) {
        return """
                <table><caption>Key facts statement</caption>
                <tr><th scope="row">Lender<td>%s<tr><th scope="row">Loan amount<td>%s<tr><th scope="row">Interest a year<td>%s %%
                <tr><th scope="row">Annual percentage rate<td>%s %%<tr><th scope="row">Tenure<td>%d months
                <tr><th scope="row">EMI<td>%s<tr><th scope="row">Processing fee<td>%s</table>
                """.formatted(
                        HtmlUtils.htmlEscape(offer.lender()),
                        rupees(offer.amount()),
                        offer.interestRatePercent(),
                        offer.aprPercent(),
                        offer.tenureMonths(),
                        rupees(offer.emi()),
                        rupees(offer.processingFee()));
    }

    /** Lakhs and crores have groups of two digits, which Java's formats cannot make. */
    private static String rupees(BigDecimal amount) {
        return "₹"
                + amount.setScale(2, RoundingMode.HALF_UP)
                        .toPlainString()
                        .replaceAll("(\\d)(?=(\\d{2})+\\d\\.)", "$1,");
    }

    private static String html(String title, String body) {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>%1$s</title>
                <style>
                body { margin: 0 auto; max-width: 34rem; padding: 24px 16px; font: 1rem/1.5 system-ui, sans-serif }
                header { padding: 10px 14px; border-radius: 10px; background: #28306b; color: #fff; font-weight: 600 }
                h1 { font-size: 1.6rem; line-height: 1.2 }
                table { width: 100%%; border-collapse: collapse; margin: 16px 0 }
                caption { text-align: left; font-weight: 600; padding-bottom: 6px }
                th, td { padding: 8px 0; border-top: 1px solid #8886; text-align: left; font-weight: 400 }
                td { text-align: right; font-weight: 600 }
                button { width: 100%%; min-height: 50px; border: 0; border-radius: 10px; background: #28306b; color: #fff; font: inherit; font-weight: 600; cursor: pointer }
                a { color: light-dark(#28306b, #b9c2ff) }
                </style>
                <header>Lending platform · sandbox</header><main><h1>%1$s</h1>%2$s</main></html>
                """.formatted(HtmlUtils.htmlEscape(title), body);
    }
}
