package dev.borrowerjourney.sandbox.platform.borrower;

import java.util.stream.Stream;

/** The ids under which a borrower is found. */
final class BorrowerIds {

    private BorrowerIds() {}

    static Stream<String> all(Borrower borrower) {
        return Stream.concat(tokens(borrower), borrower.journeys().stream().flatMap(BorrowerIds::of));
    }

    /** These come and go; the others stay. */
    static Stream<String> tokens(Borrower borrower) {
        return borrower.sessions().stream()
                .flatMap(session -> Stream.concat(
                        Stream.concat(Stream.of(session.refreshToken()), session.usedRefreshTokens().stream()),
                        session.tokens().stream().map(Session.Token::hash)));
    }

    private static Stream<String> of(Journey journey) {
        return Stream.concat(
                Stream.of(journey.journeyId()),
                Stream.concat(
                        journey.offers().stream().map(Offer::offerID),
                        journey.steps().stream().map(Step::stepId)));
    }
}
