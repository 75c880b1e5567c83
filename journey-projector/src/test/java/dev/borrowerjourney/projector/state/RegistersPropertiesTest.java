package dev.borrowerjourney.projector.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import dev.borrowerjourney.schemas.event.Instalment;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A register that came back changed would be another one to the law, and give another history after a restart. */
class RegistersPropertiesTest {

    @Property(tries = 300)
    void readsBackAnyCore(@ForAll("cores") JourneyCore core, @ForAll("timings") Timing timing) {
        var register = register(timing, Contents.of(core));

        assertThat(Registers.readCore(Registers.json(register))).isEqualTo(register);
        assertThat(Contents.readCore(register.content())).isEqualTo(core);
    }

    @Property(tries = 300)
    void readsBackAnyDetails(@ForAll("details") JourneyDetails details, @ForAll("timings") Timing timing) {
        var register = register(timing, Contents.of(details));

        assertThat(Registers.readDetails(Registers.json(register))).isEqualTo(register);
        assertThat(Contents.readDetails(register.content())).isEqualTo(details);
    }

    @Property(tries = 300)
    void encodesOnlyEqualContentsAlike(@ForAll("cores") JourneyCore one, @ForAll("cores") JourneyCore other) {
        assertThat(Contents.of(one).equals(Contents.of(other))).isEqualTo(one.equals(other));
    }

    private static Register register(Timing timing, Content content) {
        return new Register(timing, content, new Provenance(Source.WEBHOOK, "event", Instant.ofEpochMilli(5)));
    }

    @Provide
    Arbitrary<JourneyCore> cores() {
        return Combinators.combine(texts(), texts().injectNull(0.3)).as(JourneyCore::new);
    }

    @Provide
    Arbitrary<JourneyDetails> details() {
        var texts = texts().injectNull(0.3);
        return Combinators.combine(
                        texts,
                        texts,
                        offers().list().ofMaxSize(2).injectNull(0.3),
                        texts,
                        instalments().list().ofMaxSize(2).injectNull(0.3))
                .as(JourneyDetails::new);
    }

    @Provide
    Arbitrary<Timing> timings() {
        return Combinators.combine(
                        Arbitraries.longs().injectNull(0.3), times().injectNull(0.3), times().injectNull(0.3))
                .as(Timing::new);
    }

    private static Arbitrary<Offer> offers() {
        var texts = texts().injectNull(0.3);
        return Combinators.combine(texts(), texts, numbers().injectNull(0.3), times().injectNull(0.3))
                .as((id, text, tenure, validUntil) ->
                        new Offer(id, text, text, text, text, text, tenure, text, text, text, validUntil, text));
    }

    private static Arbitrary<Instalment> instalments() {
        return Combinators.combine(numbers().injectNull(0.3), texts().injectNull(0.3))
                .as((number, text) -> new Instalment(number, text, text, text));
    }

    private static Arbitrary<Integer> numbers() {
        return Arbitraries.integers();
    }

    /** Avro's times are milliseconds. */
    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(-1_000_000_000_000L, 5_000_000_000_000L)
                .map(Instant::ofEpochMilli);
    }

    /** Whatever UTF-8 can carry: quotes, control characters, other scripts. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "null", "\"", "\\u0041", "{\"a\":1}", "\uD83D\uDE00"),
                Arbitraries.strings().withCharRange('\u0000', '\uD7FF').ofMaxLength(8),
                Arbitraries.of(List.of("STARTED", "CLOSED")));
    }
}
