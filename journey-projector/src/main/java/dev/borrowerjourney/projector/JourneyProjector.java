package dev.borrowerjourney.projector;

import dev.borrowerjourney.defaults.command.ServiceMain;
import dev.borrowerjourney.defaults.settings.OwnPrefixes;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Keeps the read model that knows every journey. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class JourneyProjector {

    private static final String LARGEST_FIELD = Integer.toString(16 * 1024 * 1024);

    /** A command takes the tables as it finds them: the jar may be newer than what serves. */
    private static final List<String> FOR_COMMANDS = List.of("--spring.flyway.enabled=false");

    public static void main(String[] arguments) {
        limitDecoding();
        ServiceMain.run(JourneyProjector.class, FOR_COMMANDS, arguments);
    }

    /** A broken length must be a broken record, and not the end of the heap; Avro reads these once. */
    private static void limitDecoding() {
        for (var kind : List.of("bytes.maxLength", "string.maxLength", "collectionItems.maxLength")) {
            var name = "org.apache.avro.limits." + kind;
            System.setProperty(name, System.getProperty(name, LARGEST_FIELD));
        }
    }

    @Bean
    static OwnPrefixes ownPrefixes() {
        return OwnPrefixes.of("projector");
    }
}
