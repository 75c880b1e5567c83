package dev.borrowerjourney.session.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    private static final String PASSWORD = "database/password";

    /** New connections ask for the password as it is then, so that it can be rotated without a restart. */
    @Bean
    static BeanPostProcessor boundedPool(
            ObjectProvider<SecretDirectory> secrets, ObjectProvider<DatabaseProperties> properties) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    var password = secrets.getObject().watch(directory -> directory.read(PASSWORD));
                    var user = pool.getUsername();
                    pool.setCredentialsProvider(
                            () -> Credentials.of(user, password.current().reveal()));
                    bound(pool, properties.getObject());
                }
                return bean;
            }
        };
    }

    /** The server ends a statement that takes too long; one that does not answer any more is not waited for. */
    private static void bound(HikariDataSource pool, DatabaseProperties properties) {
        var statement = properties.statementTimeout();
        pool.setConnectionInitSql("SET statement_timeout = " + statement.toMillis());
        pool.addDataSourceProperty(
                "socketTimeout", Long.toString(statement.plusMillis(1_999).toSeconds()));
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
    }

    /** A migration may take as long as it takes, so it has connections of its own. */
    @Bean
    FlywayConfigurationCustomizer unboundedMigrations(DataSourceProperties database, SecretDirectory secrets) {
        return flyway -> flyway.dataSource(
                Objects.requireNonNull(database.getUrl(), "spring.datasource.url: missing"),
                database.getUsername(),
                secrets.read(PASSWORD).reveal());
    }

    /** An operator command would begin it, too. */
    @Bean
    @ConditionalOnWebApplication
    PostgresHeartbeat postgresHeartbeat(JdbcClient jdbc, DatabaseProperties properties, MeterRegistry meters) {
        var heartbeat = new PostgresHeartbeat(jdbc, properties.longestWait());
        Gauge.builder("session.database.up", heartbeat, beating -> beating.away() ? 0 : 1)
                .register(meters);
        return heartbeat;
    }

    @Bean
    @ConditionalOnWebApplication
    DatabaseAwayWebFilter databaseAwayWebFilter(PostgresHeartbeat heartbeat) {
        return new DatabaseAwayWebFilter(heartbeat);
    }

    @Bean
    @ConditionalOnWebApplication
    HttpDatabaseFailures httpDatabaseFailures(MeterRegistry meters) {
        return new HttpDatabaseFailures(meters);
    }
}
