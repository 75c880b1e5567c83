package dev.borrowerjourney.defaults.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what all services do alike.
 *
 * @param foreignVariables environment variables that begin like a setting and belong to somebody else
 */
@ConfigurationProperties(prefix = ServiceDefaultsProperties.PREFIX, ignoreUnknownFields = false)
record ServiceDefaultsProperties(@DefaultValue List<String> foreignVariables) {

    static final String PREFIX = "service-defaults";
}
