package dev.borrowerjourney.notifier;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifierProperties.class)
class NotifierConfiguration {

    @Bean
    static OwnPrefixes ownPrefixes() {
        return OwnPrefixes.of("notifier");
    }

    @Bean
    SecretDirectory secretDirectory(NotifierProperties properties) {
        return new SecretDirectory(properties.secretsDirectory());
    }

    /** Read once: another key would be another pseudonym for everybody, and the read model would know none of them. */
    @Bean
    PseudonymKey pseudonymKey(SecretDirectory secrets) {
        return PseudonymKey.of(secrets.read("pseudonym-key").reveal());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Where reactive code has blocking work done: on a virtual thread each, which goes on to its end though its caller has
     * left. An interrupted statement would break its pooled connection.
     */
    @Bean(destroyMethod = "dispose")
    Scheduler blocking() {
        return Schedulers.fromExecutor(Thread::startVirtualThread);
    }

    /** Each new database connection uses the password that the file holds then, so a rotation needs no restart. */
    @Bean
    static BeanPostProcessor databasePassword(ObjectProvider<SecretDirectory> secrets) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                if (bean instanceof HikariDataSource pool) {
                    var password = secrets.getObject().watch(directory -> directory.read("database/password"));
                    var user = pool.getUsername();
                    pool.setCredentialsProvider(
                            () -> Credentials.of(user, password.current().reveal()));
                }
                return bean;
            }
        };
    }
}
