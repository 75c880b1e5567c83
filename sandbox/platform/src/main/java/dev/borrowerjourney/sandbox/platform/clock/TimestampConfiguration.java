package dev.borrowerjourney.sandbox.platform.clock;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Timestamps as the platform's documentation shows them: UTC, always three digits of milliseconds. */
@Configuration(proxyBeanMethods = false)
public class TimestampConfiguration {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    public static String iso(Instant instant) {
        return MILLIS.format(instant);
    }

    @Bean
    JsonMapperBuilderCustomizer timestamps() {
        return builder -> builder.addModule(new SimpleModule().addSerializer(Instant.class, new IsoMillis()))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    private static final class IsoMillis extends StdSerializer<Instant> {

        IsoMillis() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(iso(value));
        }
    }
}
