package dev.borrowerjourney.notifier.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** The settings that are delivered. */
final class Settings {

    private Settings() {}

    static NotificationProperties delivered() {
        try {
            var sources = new YamlPropertySourceLoader().load("defaults", new ClassPathResource("application.yaml"));
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bindOrCreate("notifier.notification", NotificationProperties.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Occasions occasions() {
        return new Occasions(delivered().kinds());
    }
}
