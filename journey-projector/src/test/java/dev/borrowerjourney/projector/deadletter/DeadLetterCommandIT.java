package dev.borrowerjourney.projector.deadletter;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.projector.SnapshotFixtures;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DeadLetterCommandIT extends DeadLetterCommands {

    /** A command that consumed would take partitions from those who serve. */
    @Test
    void consumesNothing() {
        assertThat(operator.has("snapshotContainer")).isFalse();
    }

    @Test
    void listsWhatWasGivenUpAndWhy() throws Exception {
        var id = poison("garbage".getBytes(UTF_8));
        var other = forbidden(1);
        var json = Files.createTempFile("list", ".json");

        var listed = run("list", "--key", journey.borrower.value(), "--json", json.toString());

        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .contains(
                        id,
                        "NOT_AVRO",
                        other,
                        "REFUSED_BY_DATABASE 22021",
                        journey.borrower.value(),
                        "OPEN",
                        "2 in all");
        var result = new JsonMapper().readTree(Files.readString(json));
        assertThat(result.at("/byReason/NOT_AVRO").asInt()).isEqualTo(1);
        assertThat(result.at("/entries/0/id").asString()).isEqualTo(id);
        assertThat(run("list", "--key", journey.borrower.value(), "--reason", "NOT_AVRO")
                        .out())
                .contains(id)
                .doesNotContain(other);
        assertThat(run("list", "--key", journey.borrower.value(), "--limit", "1")
                        .out())
                .contains(other, "… and 1 earlier ones", "2 in all")
                .doesNotContain(id);
        assertThat(run("list", "--key", journey.borrower.value(), "--since", "2026-03-05T16:48:30Z")
                        .out())
                .contains(id);
        assertThat(run("list", "--partition", partitionOf(id), "--since", "0s").out())
                .contains("0 in all");
    }

    /** A defective writer may have put anything anywhere. */
    @Test
    void showsRecordMasked() throws Exception {
        var snapshot = journey.webhook(1, "STARTED", "Ramesh Kumar", SnapshotFixtures.DETAILS);
        snapshot.put("tenantId", "ramesh@example.com");
        var headers = headers("c1");
        headers.remove("traceparent").add("traceparent", "NUL\u0000".getBytes(UTF_8));
        headers.add("x-name", "Ramesh Kumar".getBytes(UTF_8));
        var id = awaitId(projector.send(snapshot, headers));

        var shown = run("show", id, "--by", "sre-7");

        assertThat(shown.code()).isZero();
        assertThat(shown.out())
                .contains(
                        "dead letter " + id,
                        "key         " + journey.borrower.value(),
                        "reason then REFUSED_BY_DATABASE 22021",
                        "reads today LEGIBLE",
                        "header      x-name: <12 bytes>",
                        "header      ce_correlationid: c1",
                        "\"journeyId\" : \"" + journey.journeyId + "\"",
                        "\"nextAction\" : \"<string 12>\"",
                        "\"tenantId\" : \"<string 18>\"",
                        "\"amount\" : \"<string 9>\"")
                .doesNotContain("Ramesh", "ramesh", "250000", "NUL");
    }

    @Test
    void showsWhatCannotBeDecodedByLengthAndHash() throws Exception {
        var id = awaitId(projector.send("CUST_0012", "Ramesh Kumar".getBytes(UTF_8), headers("c1")));

        var shown = run("show", id);

        assertThat(shown.out())
                .contains("key         <9 bytes>", "reads today NOT_AVRO", "12 bytes, SHA-256 ", "cannot be decoded")
                .doesNotContain("Ramesh", "CUST");
        assertThat(run("list", "--partition", partitionOf(id)).out()).doesNotContain("CUST");
        assertThat(run("show", "AAAAAAAAAAAAAAAAAAAAAA:0:1").code()).isEqualTo(1);
    }

    @Test
    void parksOnPurpose() {
        var id = forbidden(1);

        var parked = run("park", id, "--by", "sre-7", "--why", "sender's defect");
        assertThat(parked.code()).isZero();
        assertThat(parked.out()).contains(id + " PARKED");
        assertThat(run("show", id).out()).contains("PARKED", "by sre-7", "because     sender's defect");
        assertThat(run("list", "--key", journey.borrower.value()).out()).contains("0 in all");
        assertThat(run("park", id, "--by", "s", "--why", "w").out()).contains("PARKED_BEFORE");

        var refused = run("replay", id, "--by", "sre-7", "--why", "w");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains(id + " PARKED_BEFORE");
        assertThat(run("replay", "--all", "--key", journey.borrower.value(), "--by", "s", "--why", "w")
                        .out())
                .doesNotContain(id);
        replay(id, "--again");
        assertThat(run("park", id, "--by", "s", "--why", "w").code()).isEqualTo(1);
        assertThat(run("park", "AAAAAAAAAAAAAAAAAAAAAA:0:1", "--by", "s", "--why", "w")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        refuses("list, show, replay or park");
        refuses("expected: one of them first", "replai");
        refuses("NOT_AVRO", "list", "--reason", "NOT_AVR");
        refuses("--reasn: unknown (nearest: --reason", "list", "--reasn", "EMPTY");
        refuses("an id as list shows it", "show", "17");
        refuses("--why: missing", "replay", "AAAAAAAAAAAAAAAAAAAAAA:0:1", "--by", "s");
        refuses("--why: missing", "park", "AAAAAAAAAAAAAAAAAAAAAA:0:1", "--by", "s");
        refuses("the id of a dead letter or --all", "replay", "--by", "s", "--why", "w");
        refuses(
                "expected: with --all",
                "replay",
                "AAAAAAAAAAAAAAAAAAAAAA:0:1",
                "--key",
                "k",
                "--by",
                "s",
                "--why",
                "w");
        refuses("--by: looks like", "park", "AAAAAAAAAAAAAAAAAAAAAA:0:1", "--by", "a@example.com", "--why", "w");
    }

    @Test
    void worksAsAnOperatorRunsTheJar() {
        var id = forbidden(1);
        var jar = projector.jar();

        var replayed = jar.run("dead-letters", "replay", id, "--why", "incident 42");

        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.out()).startsWith(id + " REPLAYED (to ").hasLineCount(1);
        assertThat(replayed.audit())
                .singleElement()
                .asString()
                .contains("dead-letters replay", id, "REPLAYED", System.getProperty("user.name"), "incident 42");

        var misspelt = jar.run("dead-letters", "list", "--reasn", "EMPTY");
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("--reasn: unknown (nearest: --reason");
        var help = jar.run("dead-letters", "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("replay ID", "park ID");
    }

    private void refuses(String message, String... arguments) {
        assertThatThrownBy(() -> run(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    private String poison(byte[] value) {
        return awaitId(projector.send(journey.borrower.value(), value, headers("c1")));
    }

    private static String partitionOf(String id) {
        return id.split(":", -1)[1];
    }
}
