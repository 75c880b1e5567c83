package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names what differs, and no value of it. */
final class Members {

    private Members() {}

    static List<String> differing(Difference difference) {
        var names = new ArrayList<String>();
        var should = difference.should();
        if (should == null || difference.kind() == Difference.Kind.ONLY_SERVED) {
            return names;
        }
        var seen = Seen.of(should.journey());
        var served = difference.served().seen();
        note("type", served.type(), seen.type(), names);
        note("status", served.status(), seen.status(), names);
        note("nextAction", served.nextAction(), seen.nextAction(), names);
        details(served.details(), seen.details(), names);
        note("platformAt", served.platformAt(), seen.platformAt(), names);
        var row = difference.served().row();
        var core = row == null ? Group.UNKNOWN : row.journey().core();
        var details = row == null ? Group.UNKNOWN : row.journey().details();
        note("coreSequenced", core.sequenced(), should.journey().core().sequenced(), names);
        note("coreTimed", core.timed(), should.journey().core().timed(), names);
        note("detailsSequenced", details.sequenced(), should.journey().details().sequenced(), names);
        note("detailsTimed", details.timed(), should.journey().details().timed(), names);
        return names;
    }

    private static void details(@Nullable String served, @Nullable String should, List<String> names) {
        if (Objects.equals(served, should)) {
            return;
        }
        if (served == null || should == null) {
            names.add("details");
            return;
        }
        try {
            details(Contents.readDetails(served), Contents.readDetails(should), names);
        } catch (RuntimeException e) {
            names.add("details");
        }
    }

    private static void details(JourneyDetails served, JourneyDetails should, List<String> names) {
        note("lender", served.getLender(), should.getLender(), names);
        note("offers", served.getOffers(), should.getOffers(), names);
        note("selectedOfferId", served.getSelectedOfferId(), should.getSelectedOfferId(), names);
        note("repayment", served.getRepayment(), should.getRepayment(), names);
    }

    private static void note(String name, @Nullable Object served, @Nullable Object should, List<String> names) {
        if (!Objects.equals(served, should)) {
            names.add(name);
        }
    }
}
