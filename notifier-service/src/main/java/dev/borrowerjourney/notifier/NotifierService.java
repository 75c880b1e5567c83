package dev.borrowerjourney.notifier;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NotifierService {

    public static void main(String[] args) {
        SpringApplication.run(NotifierService.class, args);
    }
}
