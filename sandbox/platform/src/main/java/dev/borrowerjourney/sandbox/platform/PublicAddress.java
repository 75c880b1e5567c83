package dev.borrowerjourney.sandbox.platform;

import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where others reach this process. */
@Component
public class PublicAddress {

    private final SandboxPlatformProperties properties;
    private final Environment environment;

    PublicAddress(SandboxPlatformProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    public URI url(String path) {
        URI set = properties.publicUrl();
        // The port is known only once the server listens, if it was left to chance.
        String base = set == null
                ? "http://127.0.0.1:"
                        + environment.getProperty("local.server.port", environment.getProperty("server.port", "18085"))
                : set.toString().replaceFirst("/$", "");
        return URI.create(base + path);
    }
}
