package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.schemas.event.CoreRegister;
import dev.borrowerjourney.schemas.event.DetailsRegister;
import dev.borrowerjourney.schemas.event.JourneyState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** States of the topic {@code journeys} in the words of the law. */
final class PublishedStates {

    private PublishedStates() {}

    static ShadowRow row(String key, JourneyState state) {
        var journey = new Journey(
                new Group(register(state.getCoreSequenced()), register(state.getCoreTimed())),
                new Group(register(state.getDetailsSequenced()), register(state.getDetailsTimed())),
                state.getVersion());
        return new ShadowRow(
                key,
                state.getBorrowerKey(),
                UUID.fromString(state.getApplicationId()),
                state.getJourneyId(),
                journey,
                state.getVersion());
    }

    private static @Nullable Register register(@Nullable CoreRegister register) {
        return register == null
                ? null
                : new Register(
                        new Timing(register.getSequence(), register.getTime(), register.getAskedTime()),
                        Contents.of(register.getContent()),
                        new Provenance(
                                Source.valueOf(register.getSource().name()),
                                register.getEventId(),
                                register.getReceivedAt()));
    }

    private static @Nullable Register register(@Nullable DetailsRegister register) {
        return register == null
                ? null
                : new Register(
                        new Timing(register.getSequence(), register.getTime(), register.getAskedTime()),
                        Contents.of(register.getContent()),
                        new Provenance(
                                Source.valueOf(register.getSource().name()),
                                register.getEventId(),
                                register.getReceivedAt()));
    }
}
