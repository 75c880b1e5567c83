package dev.borrowerjourney.projector.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Rows as one array a column, for {@code unnest}: one statement and one round trip, however many rows. Instants and JSON
 * travel as text and are cast by the statement.
 */
final class PostgresColumns<R> {

    @SuppressWarnings("ArrayRecordComponent") // handed to the driver, never compared
    private record Column(String type, Object[] values) {}

    private final Collection<R> rows;
    private final List<Column> columns = new ArrayList<>();

    PostgresColumns(Collection<R> rows) {
        this.rows = rows;
    }

    PostgresColumns<R> text(Function<R, @Nullable Object> value) {
        return column("text", row -> {
            var text = value.apply(row);
            return text == null ? null : text.toString();
        });
    }

    PostgresColumns<R> bigint(Function<R, Long> value) {
        return column("int8", value::apply);
    }

    PostgresColumns<R> bool(Function<R, Boolean> value) {
        return column("bool", value::apply);
    }

    PostgresColumns<R> bytes(Function<R, byte @Nullable []> value) {
        // The driver takes bytes only from an array of their own type.
        columns.add(new Column("bytea", rows.stream().map(value).toArray(byte[][]::new)));
        return this;
    }

    private PostgresColumns<R> column(String type, Function<R, @Nullable Object> value) {
        columns.add(new Column(type, rows.stream().map(value).toArray()));
        return this;
    }

    /** Runs a statement whose placeholders are first what all rows share, and then the columns in their order. */
    void update(JdbcTemplate jdbc, String sql, Object... shared) {
        if (!rows.isEmpty()) {
            jdbc.update(statement(sql, shared));
        }
    }

    /** Runs a statement that tells something of its rows; without rows it tells nothing. */
    <T> List<T> query(JdbcTemplate jdbc, String sql, Told<T> told, Object... shared) {
        return rows.isEmpty() ? List.of() : jdbc.query(statement(sql, shared), (result, _) -> told.of(result));
    }

    /** What one row of an answer tells. */
    interface Told<T> {
        T of(ResultSet result) throws SQLException;
    }

    private PreparedStatementCreator statement(String sql, Object... shared) {
        return connection -> {
            var statement = connection.prepareStatement(sql);
            int index = 1;
            for (var argument : shared) {
                statement.setObject(index++, argument);
            }
            for (var column : columns) {
                statement.setArray(index++, connection.createArrayOf(column.type(), column.values()));
            }
            return statement;
        };
    }
}
