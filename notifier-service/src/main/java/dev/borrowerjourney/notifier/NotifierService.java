package dev.borrowerjourney.notifier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class NotifierService {

    public static void main(String[] args) {
        SpringApplication.run(NotifierService.class, args);
    }
}
