package dev.borrowerjourney.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.VisibleState.VisibleContent;
import dev.borrowerjourney.projector.oracle.Logs;
import dev.borrowerjourney.projector.oracle.Said;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import org.jspecify.annotations.Nullable;

/** A partition's records in the words of the oracle, and as the log holds them. */
public final class SaidRecords {

    private static final UUID APPLICATION = UUID.fromString("0b6d2f4e-7c58-4a13-9f57-3d1f0a9c2b11");
    private static final PseudonymKey KEY =
            PseudonymKey.of(Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));

    static final JourneyRow NOTHING =
            new JourneyRow("", "", APPLICATION, "", Journey.UNKNOWN, null, null, null, false, 0);

    private SaidRecords() {}

    /**
     * One record; where it is of the first generation it may list a second journey.
     *
     * @param secondCore of the second journey, or null if it lists only one
     * @param legible whether it can be read at all
     */
    public record SaidRecord(
            Said said,
            String borrower,
            String journeyId,
            @Nullable String secondCore,
            boolean legible) {

        Map<String, Said> journeys() {
            var journeys = new HashMap<String, Said>();
            journeys.put(journeyId, said);
            if (secondCore != null && said.kind() == Said.Kind.WEBHOOK && said.details() == null) {
                journeys.put("second-" + journeyId, said.withCore(secondCore));
            }
            return journeys;
        }

        BorrowerKey borrowerKey() {
            return KEY.borrowerKey(APPLICATION, borrower);
        }
    }

    public static Arbitrary<List<SaidRecord>> logs() {
        return Combinators.combine(
                        Logs.records(),
                        Arbitraries.of("borrower-1", "borrower-2"),
                        Arbitraries.of("journey-1", "journey-2"),
                        Logs.cores().injectNull(0.5),
                        Arbitraries.of(true, true, true, true, true, true, true, true, true, false))
                .as(SaidRecord::new)
                .list()
                .ofMaxSize(30)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** What was said of each journey, in the order of the log. */
    static Map<String, List<Said>> byJourney(List<SaidRecord> log) {
        var said = new HashMap<String, List<Said>>();
        log.stream().filter(SaidRecord::legible).forEach(record -> record.journeys()
                .forEach((id, one) -> said.computeIfAbsent(record.borrowerKey().journeyKey(id), _ -> new ArrayList<>())
                        .add(one)));
        return said;
    }

    public static List<Decoded> decoded(List<SaidRecord> log) {
        var records = new ArrayList<Decoded>();
        log.forEach(record -> records.add(decoded(records.size(), record)));
        return records;
    }

    /** A state as a change tells it, from the two contents that the oracle tells. */
    static VisibleContent stateOf(String contents) {
        int slash = contents.indexOf("}/") + 1;
        var details = contents.substring(slash + 1);
        return new VisibleContent(
                Content.of(contents.substring(0, slash)), details.equals("-") ? null : Content.of(details));
    }

    private static Decoded decoded(long offset, SaidRecord record) {
        var key = record.borrowerKey().value().getBytes(UTF_8);
        var source = new SourceRecord(offset, Instant.EPOCH, key, new byte[0], Map.of());
        return record.legible()
                ? new Decoded.Legible(source, SnapshotReader.read(source, snapshot(record)))
                : new Decoded.Poison(source, PoisonReason.UNDECODABLE, null);
    }

    private static JourneySnapshot snapshot(SaidRecord record) {
        var said = record.said();
        return JourneySnapshot.newBuilder()
                .setEventId(said.eventId())
                .setSource(Source.valueOf(said.kind().name()))
                .setApplicationId(APPLICATION.toString())
                .setBorrowerKey(record.borrowerKey().value())
                .setSequence(said.sequence())
                .setSnapshotGeneratedAt(instant(said.snapshotGeneratedAt()))
                .setEventAt(instant(said.eventAt()))
                .setUpdatedAt(instant(said.updatedAt()))
                .setAnsweredAt(instant(said.answeredAt()))
                .setRoundTripMillis(said.kind() == Said.Kind.POLL ? (int) said.roundTrip() : null)
                .setSettles(said.settling() ? "POLL_DIFFERS" : null)
                .setReceivedAt(Instant.ofEpochMilli(said.receivedAt()))
                .setJourneys(record.journeys().entrySet().stream()
                        .map(journey -> new JourneyObservation(
                                journey.getKey(),
                                core(journey.getValue().core()),
                                details(journey.getValue().details())))
                        .toList())
                .build();
    }

    private static @Nullable JourneyCore core(@Nullable String canonical) {
        return Optional.ofNullable(canonical)
                .map(Content::of)
                .map(Contents::readCore)
                .orElse(null);
    }

    private static @Nullable JourneyDetails details(@Nullable String canonical) {
        return Optional.ofNullable(canonical)
                .map(Content::of)
                .map(Contents::readDetails)
                .orElse(null);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
