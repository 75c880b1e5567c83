package dev.borrowerjourney.session.session;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for tokens.
 *
 * @param custody whose session token the app holds
 * @param renewal how the platform's session token is renewed
 */
@ConfigurationProperties(prefix = "session.tokens", ignoreUnknownFields = false)
record TokenProperties(
        @DefaultValue("vaulted") Custody custody,
        @DefaultValue("rebootstrap") RenewalBy renewal) {}
