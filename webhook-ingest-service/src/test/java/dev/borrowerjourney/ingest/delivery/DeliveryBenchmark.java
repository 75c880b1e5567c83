package dev.borrowerjourney.ingest.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import dev.borrowerjourney.ingest.snapshot.Reading;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a delivery costs on one core, without network and log: verify, read, make the record with its seal, encode. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class DeliveryBenchmark {

    private static final String REGISTRY = "mock://benchmark";

    private final ApplicationKeys keys = DeliveryFixtures.keys();
    private final SnapshotReader reader =
            new SnapshotReader(List.of("/borrower/borrowerExternalID", "/borrower/borrowerProviderID"));
    private final DeliveryRecords records = new DeliveryRecords(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY));
    private final BareCryptography cryptography = BareCryptography.make();
    private final Serializer<Object> serializer;
    private final Delivery delivery;
    private final Reading.Legible read;
    private final JourneySnapshot made;

    public DeliveryBenchmark() {
        register();
        serializer = ContractSerdes.of(Map.of("schema.registry.url", REGISTRY)).serializer();
        var body = DeliveryFixtures.resource("golden/benchmark-body.json");
        var signature = DeliveryFixtures.sign(DeliveryFixtures.CURRENT, DeliveryFixtures.TIMESTAMP, body);
        delivery = DeliveryFixtures.delivery(DeliveryFixtures.TIMESTAMP, signature, body);
        read = (Reading.Legible) reader.read(body);
        made = record(keys.signerOf(delivery).orElseThrow(), read);
    }

    @Benchmark
    public Object verify() {
        return keys.signerOf(delivery).orElseThrow();
    }

    @Benchmark
    public Object read() {
        return reader.read(delivery.body());
    }

    @Benchmark
    public Object makeRecord() {
        return record(keys.secrets().getFirst(), read);
    }

    @Benchmark
    public Object encode() {
        return serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, made);
    }

    @Benchmark
    public Object all() {
        var signer = keys.signerOf(delivery).orElseThrow();
        var legible = (Reading.Legible) reader.read(delivery.body());
        return serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, record(signer, legible));
    }

    @Benchmark
    public void cryptography(Blackhole consumed) throws GeneralSecurityException {
        cryptography.pass(delivery.body(), consumed);
    }

    private JourneySnapshot record(WebhookSecret signer, Reading.Legible legible) {
        var authentic = new Authentic(delivery, keys, signer, DeliveryFixtures.NOW, Freshness.FRESH);
        return records.snapshot(authentic.evidence(), legible.snapshot());
    }

    private static void register() {
        try {
            var topic = TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS);
            MockSchemaRegistry.getClientForScope("benchmark").register(topic.subject(), new AvroSchema(topic.schema()));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Measures and prints, as its last line, the ratio of the limit to the whole.
     *
     * @param arguments {@code --quick} for a single short run, {@code --json FILE} for every figure
     */
    public static void main(String[] arguments) throws RunnerException {
        var out = System.out;
        // Standard output belongs to the figures.
        System.setOut(System.err);
        var options = new OptionsBuilder().include(DeliveryBenchmark.class.getSimpleName());
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" ->
                    options.forks(1).warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
                case "--json" -> {
                    i++;
                    options.resultFormat(ResultFormatType.JSON).result(arguments[i]);
                }
                default -> {
                    System.err.println(arguments[i] + " (expected: --quick or --json FILE)");
                    System.exit(2);
                }
            }
        }
        var nanos = new HashMap<String, Double>();
        for (var result : new Runner(options.build()).run()) {
            var label = result.getPrimaryResult().getLabel();
            nanos.put(label, result.getPrimaryResult().getScore());
            out.printf(
                    Locale.ROOT,
                    "%-12s %8.0f ns%n",
                    label,
                    result.getPrimaryResult().getScore());
        }
        double ours = nanos.getOrDefault("all", Double.NaN);
        double limit = nanos.getOrDefault("cryptography", Double.NaN);
        out.printf(Locale.ROOT, "delivery ratio %.2f (ours %.0f ns, limit %.0f ns)%n", limit / ours, ours, limit);
    }

    /** The limit: what cannot be saved, one pass of HMAC, of SHA-256 and of AES-GCM over the bytes as they came. */
    private static final class BareCryptography {

        private final Mac mac;
        private final MessageDigest sha256;
        private final Cipher cipher;
        private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        private long nonce;

        private BareCryptography(Mac mac, MessageDigest sha256, Cipher cipher) {
            this.mac = mac;
            this.sha256 = sha256;
            this.cipher = cipher;
        }

        static BareCryptography make() {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(DeliveryFixtures.CURRENT.getBytes(UTF_8), "HmacSHA256"));
                return new BareCryptography(
                        mac, MessageDigest.getInstance("SHA-256"), Cipher.getInstance("AES/GCM/NoPadding"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        void pass(byte[] bytes, Blackhole consumed) throws GeneralSecurityException {
            consumed.consume(mac.doFinal(bytes));
            consumed.consume(sha256.digest(bytes));
            nonce++;
            var iv = ByteBuffer.allocate(12).putLong(nonce).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
            consumed.consume(cipher.doFinal(bytes));
        }
    }
}
