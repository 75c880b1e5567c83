package dev.borrowerjourney.defaults.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@ExtendWith(OutputCaptureExtension.class)
class ServiceMainTest {

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        OperatorCommand echo() {
            return new Echo();
        }

        /** As a gateway would be: it is made even though nobody uses it. */
        @Bean
        @Lazy(false)
        @ConditionalOnBooleanProperty("sample.web-server-needed")
        String neededAtOnce() {
            throw new IllegalStateException("there is no web server");
        }

        /** As a listener or a pool would be. */
        @Bean
        String startedForServingOnly() {
            throw new IllegalStateException("made for a command that does not use it");
        }
    }

    static class Echo implements OperatorCommand {

        @Override
        public String verb() {
            return "echo";
        }

        @Override
        public String help() {
            return "echo WORD...    says it again\nUse it with care.";
        }

        @Override
        public int run(List<String> arguments, PrintStream out) {
            LoggerFactory.getLogger(Echo.class).warn("a warning");
            if (arguments.isEmpty()) {
                return USAGE;
            }
            var told = Arguments.parse(arguments, "--b", "--by=", "--why=");
            if (arguments.contains("fail")) {
                throw new IllegalStateException("no echo here");
            }
            if (told.has("--by")) {
                Audit.of("echo", told).note("word-1", "SAID");
            }
            out.println(arguments);
            return OK;
        }
    }

    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void runsCommandAndKeepsLogsOutOfItsResult(CapturedOutput output) {
        assertThat(command("echo", "a", "--b")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("[a, --b]\n");
        assertThat(output.getErr()).contains("a warning");
        assertThat(output.getOut()).doesNotContain("a warning");
    }

    @ParameterizedTest
    @CsvSource({
        "echo, 2",
        "echo a --bu, 2",
        "echo fail, 1",
        "nonsense, 2",
        "echo --help, 0",
        "echo a --b --help, 0",
        "--help, 0"
    })
    void tellsHowItWentByExitCode(String line, int code) {
        assertThat(command(line.split(" ", -1))).isEqualTo(code);
    }

    @Test
    void namesCommandsAndWhatWentWrong(CapturedOutput output) {
        command("nonsense");
        command("echo", "fail");
        command("echo", "a", "--bu");

        assertThat(output.getErr())
                .contains("nonsense: no such command", "echo WORD...    says it again", "echo failed: no echo here")
                .contains("echo: --bu: unknown (nearest: --b;");
    }

    /** Whoever collects a pod's logs must find acts by their members, whatever the service's own log format is. */
    @Test
    void writesAuditLineAsJsonApartFromTheResult(CapturedOutput output) {
        assertThat(command("echo", "a", "--by", "sre-7", "--why", "incident 42"))
                .isZero();

        var line = output.getErr()
                .lines()
                .filter(json -> json.startsWith("{") && json.contains("\"SAID\""))
                .toList();
        assertThat(line)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("\"logger\":\"audit\"")
                .contains("\"act\":\"echo\"", "\"id\":\"word-1\"", "\"who\":\"sre-7\"", "\"why\":\"incident 42\"");
        assertThat(output.getOut()).doesNotContain("SAID");
    }

    @Test
    void turnsOffWhatCannotBeWithoutAWebServer() {
        var stream = new PrintStream(out, true, UTF_8);
        var on = List.of("--sample.web-server-needed=true");

        assertThat(ServiceMain.command(Service.class, on, List.of("echo", "a"), stream))
                .isEqualTo(OperatorCommand.FAILED);
        assertThat(ServiceMain.command(
                        Service.class, List.of("--sample.web-server-needed=false"), List.of("echo", "a"), stream))
                .isZero();
    }

    @Test
    void printsHelp() {
        command("--help");
        assertThat(out.toString(UTF_8)).contains("echo WORD...").doesNotContain("with care");

        command("echo", "--help");
        assertThat(out.toString(UTF_8)).contains("with care");
    }

    @ParameterizedTest
    @CsvSource({"echo, true", "--help, true", "--ingest.topic=x, false"})
    void tellsVerbsFromSettings(String first, boolean command) {
        assertThat(ServiceMain.isCommand(first)).isEqualTo(command);
        assertThat(ServiceMain.isCommand()).isFalse();
    }

    private int command(String... arguments) {
        return ServiceMain.command(Service.class, List.of(), List.of(arguments), new PrintStream(out, true, UTF_8));
    }
}
