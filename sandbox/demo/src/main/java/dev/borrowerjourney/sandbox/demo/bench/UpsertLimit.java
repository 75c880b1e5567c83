package dev.borrowerjourney.sandbox.demo.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** What one connection can write of as many versioned rows of the same size: 500 a statement, each a transaction. */
final class UpsertLimit {

    static final String STATEMENT = """
            INSERT INTO bench_upsert (id, version, body)
            SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[])
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
            WHERE excluded.version > bench_upsert.version
            """.replaceAll("\\s+", " ").strip();

    private static final int BATCH = 500;

    private final Connection connection;

    UpsertLimit(Connection connection) {
        this.connection = connection;
    }

    /**
     * Writes rows of so many keys, each key so often as it has versions.
     *
     * @return rows a second
     */
    double run(int keys, int versions, int bytes, long seed) throws SQLException {
        try (var table = connection.createStatement()) {
            table.execute("DROP TABLE IF EXISTS bench_upsert");
            table.execute("CREATE TABLE bench_upsert (id text PRIMARY KEY, version bigint NOT NULL, body text NOT NULL)"
                    + " WITH (fillfactor = 80)");
        }
        connection.setAutoCommit(true);
        var body = body(bytes, new Random(seed));
        long begun = System.nanoTime();
        try (var upsert = connection.prepareStatement(STATEMENT)) {
            for (long version = 1; version <= versions; version++) {
                for (int first = 0; first < keys; first += BATCH) {
                    int count = Math.min(BATCH, keys - first);
                    var ids = new String[count];
                    var numbers = new Long[count];
                    var bodies = new String[count];
                    for (int i = 0; i < count; i++) {
                        ids[i] = "journey-" + (first + i);
                        numbers[i] = version;
                        // Distinct, so that nothing can be saved.
                        bodies[i] = body.substring(8) + version + (first + i);
                    }
                    upsert.setArray(1, connection.createArrayOf("text", ids));
                    upsert.setArray(2, connection.createArrayOf("int8", numbers));
                    upsert.setArray(3, connection.createArrayOf("text", bodies));
                    upsert.executeUpdate();
                }
            }
        }
        return (double) keys * versions / ((System.nanoTime() - begun) / 1e9);
    }

    private static String body(int bytes, Random random) {
        var body = new StringBuilder(bytes);
        random.ints(bytes, '0', 'z' + 1).forEach(c -> body.append((char) (c == '\\' ? '0' : c)));
        return body.toString();
    }
}
