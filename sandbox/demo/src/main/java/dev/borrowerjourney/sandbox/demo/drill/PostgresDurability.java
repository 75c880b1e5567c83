package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.demo.component.DemoFile.PostgresAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the database whether a commit outlives a power cut. With either setting off a drill would prove nothing. */
final class PostgresDurability {

    private PostgresDurability() {}

    static void check(PostgresAddress address) throws SQLException {
        var url = "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        try (var connection = DriverManager.getConnection(
                        url, address.operator().user(), address.operator().password());
                var statement = connection.createStatement()) {
            checkOn(statement, "fsync");
            checkOn(statement, "synchronous_commit");
        }
    }

    private static void checkOn(Statement statement, String setting) throws SQLException {
        try (var row = statement.executeQuery("SHOW " + setting)) {
            var value = row.next() ? row.getString(1) : "nothing";
            if (!"on".equals(value)) {
                throw new DrillFailed("SHOW " + setting + ": " + value + " (expected: on)");
            }
        }
    }
}
