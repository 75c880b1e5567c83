package dev.borrowerjourney.session;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service that holds the API key and speaks to the platform for the borrower's app. */
@SpringBootApplication
public class SessionService {

    static void main(String[] args) {
        SpringApplication.run(SessionService.class, args);
    }
}
