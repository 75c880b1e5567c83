package dev.borrowerjourney.defaults.settings;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnknownSettingsFailureAnalyzer extends AbstractFailureAnalyzer<UnknownSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettingsException cause) {
        var description = cause.unknown().stream()
                .map(unknown -> "    " + unknown)
                .collect(Collectors.joining("\n", "Settings were given that this service does not know:\n\n", ""));
        var action = "Correct or remove them; the service's README lists all settings. An environment variable that"
                + " belongs to somebody else is named in " + ServiceDefaultsProperties.PREFIX + ".foreign-variables.";
        return new FailureAnalysis(description, action, cause);
    }
}
