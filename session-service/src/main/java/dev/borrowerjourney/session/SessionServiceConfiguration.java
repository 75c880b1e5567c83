package dev.borrowerjourney.session;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Clock;
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

    /**
     * Where reactive code does what blocks: a virtual thread for each task, which goes on to its end though its caller has
     * left. An interrupted statement would break its pooled connection.
     */
    @Bean(destroyMethod = "dispose")
    Scheduler blocking() {
        return Schedulers.fromExecutor(Thread::startVirtualThread);
    }
}
