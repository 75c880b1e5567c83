package dev.borrowerjourney.sandbox.load.delivery;

import static dev.borrowerjourney.sandbox.load.delivery.Fixtures.SECRET;
import static dev.borrowerjourney.sandbox.load.delivery.Fixtures.SENDER;
import static dev.borrowerjourney.sandbox.load.delivery.Fixtures.requests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotRequestsTest {

    static final Instant NOW = Instant.parse("2026-03-05T16:48:20.125Z");

    final SnapshotRequests requests = requests(1);

    @Test
    void writesWhatThePlatformDocuments() throws Exception {
        var written =
                WrittenRequest.of(requests, live(InstantSource.fixed(NOW), 4).getFirst());

        var body = json(written.body());
        assertThat(body.at("/schema_version").asText()).isEqualTo("1.0.0");
        assertThat(body.at("/event_id").asText()).isEqualTo(written.header("X-AL-Event-ID"));
        assertThat(body.at("/snapshot_generated_at").asText()).isEqualTo("2026-03-05T16:48:20.125Z");
        assertThat(body.at("/tenant_id").asText()).isEqualTo(SENDER.tenantId().toString());
        assertThat(written.header("X-AL-Webhook-Timestamp")).isEqualTo("1772729300");
        assertThat(written.header("Content-Length"))
                .isEqualTo(Integer.toString(written.body().length()));
        assertThat(requests.eventId(4)).asString(UTF_8).isEqualTo(written.header("X-AL-Event-ID"));
    }

    @Test
    void mixesBothGenerationsToTwoKilobytes() throws Exception {
        var bodies = LongStream.range(0, 4_000)
                .mapToObj(number -> new String(requests.body(number, NOW), UTF_8))
                .toList();

        var sizes = bodies.stream().mapToInt(String::length).summaryStatistics();
        assertThat(sizes.getAverage()).isBetween(1_900.0, 2_200.0);
        assertThat(bodies.stream().filter(body -> body.contains("\"journeys\":[")))
                .hasSize(1_000);
        for (var body : bodies) {
            assertThat(json(body).at("/borrower").isObject()).isTrue();
        }
    }

    @Test
    void makesEveryDeliveryDistinctAndManyBorrowers() throws Exception {
        var eventIds = new HashSet<String>();
        var bodies = new HashSet<String>();
        var borrowers = new HashSet<String>();
        for (long number = 0; number < 60_000; number++) {
            var body = new String(requests.body(number, NOW), UTF_8);
            eventIds.add(new String(requests.eventId(number), UTF_8));
            bodies.add(body);
            borrowers.add(body.replaceAll(".*\"borrower(?:External|Provider)ID\":\"([^\"]*)\".*", "$1"));
        }

        assertThat(eventIds).hasSize(60_000);
        assertThat(bodies).hasSize(60_000);
        assertThat(borrowers).hasSizeGreaterThan(9_900);
    }

    @Test
    void repeatsItselfFromTheSameSeed() {
        assertThat(LongStream.range(0, 100).mapToObj(number -> requests(1).body(number, NOW)))
                .containsExactlyElementsOf(LongStream.range(0, 100)
                        .mapToObj(number -> requests.body(number, NOW))
                        .toList());
        assertThat(requests(2).body(1, NOW)).isNotEqualTo(requests.body(1, NOW));
        assertThat(requests(2).eventId(1)).isNotEqualTo(requests.eventId(1));
    }

    @Test
    void signsAsThePlatformSigns() throws Exception {
        var ahead = PreparedDeliveries.sign(requests, SECRET, NOW, 0, 1_001, 2);
        var all = Stream.concat(
                        Stream.generate(ahead::next).takeWhile(Objects::nonNull),
                        live(InstantSource.fixed(NOW), 0, 100).stream())
                .toList();

        assertThat(all).hasSize(1_101).allSatisfy(delivery -> assertThat(
                        WrittenRequest.of(requests, delivery).signedWith(SECRET))
                .isTrue());
    }

    @Test
    void changesOneBitAfterSigning() {
        var delivery = live(InstantSource.fixed(NOW), 7).getFirst();
        var whole = WrittenRequest.of(requests, delivery);

        var changed = WrittenRequest.of(requests, delivery.withFlippedBit(8 * 20));

        assertThat(changed.headers()).isEqualTo(whole.headers());
        assertThat(changed.body()).isNotEqualTo(whole.body()).hasSameSizeAs(whole.body());
        assertThat(changed.signedWith(SECRET)).isFalse();
        assertThat(WrittenRequest.of(requests, delivery)).isEqualTo(whole);
    }

    @Test
    void takesAnotherSecretFromSomeMomentOn() {
        var rotation = NOW.plusSeconds(5);
        var clock = new InstantSource() {
            Instant now = NOW;

            @Override
            public Instant instant() {
                now = now.plusSeconds(1);
                return now;
            }
        };
        var other = "fedcba9876543210fedcba9876543210";
        var source = new LiveDeliveries(requests, time -> time.isBefore(rotation) ? SECRET : other, clock, 0);

        var signedWithOther = Stream.generate(source::next)
                .limit(8)
                .map(delivery -> WrittenRequest.of(requests, delivery).signedWith(other))
                .toList();

        assertThat(signedWithOther).containsExactly(false, false, false, true, true, true, true, true);
    }

    @Test
    void showsWhenItWasSigned() {
        var tenMinutesAgo = live(InstantSource.fixed(NOW.minusSeconds(600)), 0).getFirst();

        assertThat(WrittenRequest.of(requests, tenMinutesAgo).header("X-AL-Webhook-Timestamp"))
                .isEqualTo("1772728700");
    }

    private List<Delivery> live(InstantSource clock, long first) {
        return live(clock, first, 1);
    }

    private List<Delivery> live(InstantSource clock, long first, int count) {
        var source = new LiveDeliveries(requests, _ -> SECRET, clock, first);
        return Stream.generate(source::next).limit(count).toList();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
