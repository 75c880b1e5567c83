package dev.borrowerjourney.sandbox.load.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdsTest {

    /** Against the plain and large way of counting, through every growth of the table. */
    @Test
    void countsAsAMapDoes() {
        var random = new Random(7);
        var expected = new HashMap<String, Integer>();
        var ids = new Ids();
        for (int i = 0; i < 200_000; i++) {
            var id = "evt_" + Integer.toHexString(random.nextInt(100_000)) + "x".repeat(random.nextInt(5));
            expected.merge(id, 1, Integer::sum);
            ids.add(id.getBytes(UTF_8));
        }

        assertThat(ids.distinct()).isEqualTo(expected.size());
        assertThat(ids.total()).isEqualTo(200_000);
        expected.forEach(
                (id, count) -> assertThat(ids.count(id.getBytes(UTF_8))).isEqualTo(count));
        assertThat(ids.count("evt_".getBytes(UTF_8))).isZero();
    }
}
