package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import dev.borrowerjourney.sandbox.platform.call.Members;
import java.util.List;

/** What the form steps ask. */
final class StepForms {

    private StepForms() {}

    /** One field, as the platform shows it. */
    record Field(String name, String label, String type, boolean required, String pattern) {}

    static List<Field> fields(StepKind kind) {
        return switch (kind) {
            case KYC ->
                List.of(
                        new Field(
                                "documentLastFour", "Last four digits of your Aadhaar number", "text", true, "\\d{4}"),
                        new Field("consent", "I agree to the identity check", "checkbox", true, "true"));
            case BANK_MANDATE ->
                List.of(
                        new Field("accountHolderName", "Name on the account", "text", true, "[A-Za-z .'-]{2,100}"),
                        new Field("accountNumber", "Account number", "text", true, "\\d{9,18}"),
                        new Field("ifsc", "IFSC", "text", true, "[A-Z]{4}0[A-Z0-9]{6}"));
            case AA_CONSENT, E_MANDATE, LOAN_AGREEMENT -> List.of();
        };
    }

    static void check(StepKind kind, Members input) {
        for (Field field : fields(kind)) {
            String value = input.json().path(field.name()).asString("");
            if (!value.matches(field.pattern())) {
                throw invalid(field.name() + " is missing or not valid.");
            }
        }
    }
}
