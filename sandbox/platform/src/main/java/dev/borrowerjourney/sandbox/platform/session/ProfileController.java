package dev.borrowerjourney.sandbox.platform.session;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Reads and merges what the borrower told. */
@RestController
@RequestMapping("/api/v1/headless/profile")
class ProfileController {

    private final Answers answers;
    private final ProfileRules rules;

    ProfileController(Answers answers, ProfileRules rules) {
        this.answers = answers;
        this.rules = rules;
    }

    @GetMapping
    ResponseEntity<String> read(Call call) {
        return answers.read(call, Profile::of);
    }

    @PutMapping
    ResponseEntity<String> merge(Call call) {
        return answers.change(call, borrower -> {
            Borrower merged = borrower.withData(rules.merge(borrower.data(), call.body()));
            return new Answers.Change(merged, Profile.of(merged));
        });
    }

    record Profile(
            JsonNode profile,
            JsonNode workProfile,
            JsonNode address,
            JsonNode bankingInformation,
            boolean complete,
            List<String> missing) {

        static Profile of(Borrower borrower) {
            List<String> missing = ProfileRules.missing(borrower.data());
            return new Profile(
                    section(borrower, 0),
                    section(borrower, 1),
                    section(borrower, 2),
                    section(borrower, 3),
                    missing.isEmpty(),
                    missing);
        }

        private static JsonNode section(Borrower borrower, int index) {
            JsonNode known = borrower.data().get(ProfileRules.SECTIONS.get(index));
            return known == null ? borrower.data().nullNode() : known;
        }
    }
}
