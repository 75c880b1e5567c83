package dev.borrowerjourney.defaults.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final PrintStream print = new PrintStream(out, true, UTF_8);
    Instant now = Instant.EPOCH;
    final Progress progress = new Progress("scan", print, () -> now);

    @Test
    void isSilentAboutWhatIsQuick() {
        progress.at(0, 10);
        now = now.plusMillis(1999);
        progress.at(9, 10);

        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void tellsTheTimeLeftEveryTwoSeconds() {
        now = now.plusSeconds(2);
        progress.at(0, 400);
        now = now.plusSeconds(2);
        progress.at(100, 400);
        progress.at(101, 400);

        assertThat(out.toString(UTF_8)).isEqualTo("scan: 0 % (0 of 400)\nscan: 25 % (100 of 400), about 12 s left\n");
    }

    @Test
    void makesColumnsAsWideAsTheirCells() {
        var table = new Table("ID", "REASON");
        table.row("evt_1", "NOT_JSON");
        table.print(print);

        assertThat(out.toString(UTF_8)).isEqualTo("ID     REASON\nevt_1  NOT_JSON\n");
    }
}
