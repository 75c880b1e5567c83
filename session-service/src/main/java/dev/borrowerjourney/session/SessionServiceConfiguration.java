package dev.borrowerjourney.session;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@EnableScheduling
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretsProperties.class)
class SessionServiceConfiguration {

    private static final String DATABASE_PASSWORD = "database/password";

    @Bean
    OwnPrefixes ownPrefixes() {
        return OwnPrefixes.of("session", "platform");
    }

    @Bean
    SecretDirectory secretDirectory(SecretsProperties properties) {
        return new SecretDirectory(properties.secretsDirectory());
    }

    /** Read once: another key would give every borrower another one, so it never changes under a running service. */
    @Bean
    PseudonymKey pseudonymKey(SecretDirectory secrets) {
        return PseudonymKey.of(secrets.read("pseudonym-key").reveal());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Where reactive code does what blocks: a virtual thread for each task. */
    @Bean(destroyMethod = "dispose")
    Scheduler blocking() {
        return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "blocking");
    }

    /** New connections ask for the password as it is then, so that it can be rotated without a restart. */
    @Bean
    static BeanPostProcessor passwordFromFile(ObjectProvider<SecretDirectory> secrets) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    var password = secrets.getObject().watch(directory -> directory.read(DATABASE_PASSWORD));
                    var user = pool.getUsername();
                    pool.setCredentialsProvider(
                            () -> Credentials.of(user, password.current().reveal()));
                }
                return bean;
            }
        };
    }
}
