package dev.borrowerjourney.defaults.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class ServiceMainTest {

    @Configuration(proxyBeanMethods = false)
    static class Service {

        @Bean
        OperatorCommand echo() {
            return new Echo();
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
            if (arguments.contains("fail")) {
                throw new IllegalStateException("no echo here");
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
    @CsvSource({"echo, 2", "echo fail, 1", "nonsense, 2", "echo --help, 0", "--help, 0"})
    void tellsHowItWentByExitCode(String line, int code) {
        assertThat(command(line.split(" ", -1))).isEqualTo(code);
    }

    @Test
    void namesCommandsAndWhatWentWrong(CapturedOutput output) {
        command("nonsense");
        command("echo", "fail");

        assertThat(output.getErr())
                .contains("nonsense: no such command", "echo WORD...    says it again", "echo failed: no echo here");
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
        return ServiceMain.command(Service.class, List.of(arguments), new PrintStream(out, true, UTF_8));
    }
}
