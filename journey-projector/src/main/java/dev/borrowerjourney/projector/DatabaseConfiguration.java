package dev.borrowerjourney.projector;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.Watched;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database, with a password that may be rotated under the running service. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    SecretDirectory secretDirectory(ProjectorProperties projector) {
        return new SecretDirectory(projector.secretsDirectory());
    }

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(DataSourceProperties properties, SecretDirectory secrets) {
        Watched<Credentials> credentials = secrets.watch(files -> Credentials.of(
                properties.determineUsername(), files.read("database/password").reveal()));
        var source = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        source.setCredentialsProvider(credentials::current);
        return source;
    }
}
