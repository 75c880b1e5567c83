package dev.borrowerjourney.notifier;

import dev.borrowerjourney.defaults.command.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class NotifierService {

    public static void main(String[] arguments) {
        ServiceMain.run(NotifierService.class, arguments);
    }
}
