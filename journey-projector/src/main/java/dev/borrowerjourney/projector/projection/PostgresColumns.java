package dev.borrowerjourney.projector.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;

/**
 * Rows as one array a column, for {@code unnest}: one statement and one round trip, however many rows. Instants and JSON
 * travel as text and are cast by the statement.
 */
public final class PostgresColumns<R> {

    @SuppressWarnings("ArrayRecordComponent") // handed to the driver, never compared
    private record Column(String type, Object[] values) {}

    private final Collection<R> rows;
    private final List<Column> columns = new ArrayList<>();

    public PostgresColumns(Collection<R> rows) {
        this.rows = rows;
    }

    /** Rows of partitions; the first two columns are the topic's id and the partition's number. */
    static <R> PostgresColumns<R> placed(List<Placed<R>> rows) {
        var places = new PostgresColumns<>(rows)
                .text(row -> row.partition().topicId())
                .bigint(row -> (long) row.partition().partition());
        var columns = new PostgresColumns<>(rows.stream().map(Placed::value).toList());
        columns.columns.addAll(places.columns);
        return columns;
    }

    public PostgresColumns<R> text(Function<R, @Nullable Object> value) {
        return column("text", String[]::new, row -> {
            var text = value.apply(row);
            return text == null ? null : text.toString();
        });
    }

    public PostgresColumns<R> bigint(Function<R, @Nullable Long> value) {
        return column("int8", Long[]::new, value::apply);
    }

    public PostgresColumns<R> bool(Function<R, Boolean> value) {
        return column("bool", Boolean[]::new, value::apply);
    }

    PostgresColumns<R> bytes(Function<R, byte @Nullable []> value) {
        return column("bytea", byte[][]::new, value::apply);
    }

    /** An array of the very type: the driver sends it as it is, and anything else as text. */
    private PostgresColumns<R> column(
            String type, IntFunction<@Nullable Object[]> array, Function<R, @Nullable Object> value) {
        columns.add(new Column(type, rows.stream().map(value).toArray(array)));
        return this;
    }

    /** Runs a statement whose placeholders are first what all rows share, and then the columns in their order. */
    public void update(JdbcTemplate jdbc, String sql, Object... shared) {
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
