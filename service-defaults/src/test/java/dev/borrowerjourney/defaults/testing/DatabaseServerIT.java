package dev.borrowerjourney.defaults.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseServerIT {

    private static final int CLIENTS = 12;

    /** On one connection, which take longer than standing still takes to begin. */
    private static final int QUESTIONS = 200;

    /** Each new connection makes a new process, which nobody knew of when standing still began. */
    @RepeatedTest(5)
    void answersNobodyWhileItStandsStill() {
        var server = TestDatabase.shared().server();
        var still = new AtomicBoolean();
        var connected = new CompletableFuture<Void>();
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> answeredWhileStill(still, connected), Thread::startVirtualThread))
                .toList();

        connected.join();
        try {
            server.freeze();
            still.set(true);
            assertThat(clients).allSatisfy(client -> assertThat(client.join()).isFalse());
        } finally {
            server.thaw();
        }
    }

    /** Connects and asks until it gets no answer. */
    private static boolean answeredWhileStill(AtomicBoolean still, CompletableFuture<Void> connected) {
        var source = new PGSimpleDataSource();
        source.setURL(TestDatabase.shared().url());
        source.setUser("postgres");
        source.setSocketTimeout(1);
        while (true) {
            try (var connection = source.getConnection();
                    var statement = connection.createStatement()) {
                connected.complete(null);
                for (int i = 0; i < QUESTIONS; i++) {
                    var begunWhileStill = still.get();
                    statement.execute("SELECT 1");
                    if (begunWhileStill) {
                        return true;
                    }
                }
            } catch (SQLException e) {
                if (still.get()) {
                    return false;
                }
                throw new IllegalStateException(e);
            }
        }
    }
}
