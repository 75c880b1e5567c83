package dev.borrowerjourney.sandbox.platform;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The process that plays the platform. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SandboxPlatform {

    public static void main(String[] arguments) {
        SpringApplication.run(SandboxPlatform.class, arguments);
    }
}
