package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.POST_DISBURSAL_ACTIONS_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.POST_DISBURSAL_PATH;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Payment;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Repayment schedule and actions of a disbursed journey. Payments settle by themselves, without a page. */
@RestController
class PostDisbursalController {

    private final Answers answers;
    private final PaymentFlow payments;

    PostDisbursalController(Answers answers, PaymentFlow payments) {
        this.answers = answers;
        this.payments = payments;
    }

    @GetMapping(POST_DISBURSAL_PATH)
    ResponseEntity<String> read(Call call, @PathVariable("journeyID") String journeyId) {
        return answers.read(call, borrower -> {
            Journey journey = JourneyController.journey(borrower, journeyId);
            if (journey.repayment().isEmpty()) {
                throw wrongState("The journey is not disbursed.");
            }
            return new Views.PostDisbursal(
                    journeyId,
                    journey.repayment(),
                    journey.payments().stream().map(Views.ActionView::of).toList());
        });
    }

    @PostMapping(POST_DISBURSAL_ACTIONS_PATH)
    ResponseEntity<String> act(Call call, @PathVariable("journeyID") String journeyId) {
        String name = call.body().text("action");
        Payment.Action action = Arrays.stream(Payment.Action.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("action must be PRE_PART_PAYMENT, FORECLOSURE or MISSED_EMI_PAYMENT."));
        @Nullable BigDecimal amount = call.body().optionalAmount("amount").orElse(null);
        return answers.change(call, borrower -> {
            Borrower started = payments.start(borrower, JourneyController.journey(borrower, journeyId), action, amount);
            Payment payment =
                    JourneyController.journey(started, journeyId).payments().getLast();
            return new Answers.Change(started, Views.ActionView.of(payment));
        });
    }
}
