package dev.borrowerjourney.sandbox.demo.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {

    @TempDir
    Path target;

    @Test
    void readsEveryFormOfHostile() {
        assertThat(HostileCommand.parse(List.of("list"))).isEqualTo(new HostileCommand.Invocation.All());
        assertThat(HostileCommand.parse(List.of("show"))).isEqualTo(new HostileCommand.Invocation.Show());
        assertThat(HostileCommand.parse(List.of("off"))).isEqualTo(new HostileCommand.Invocation.Off());
        assertThat(HostileCommand.parse(List.of("storm", "--seed", "7")))
                .isEqualTo(new HostileCommand.Invocation.Play("storm", 7L));
    }

    @Test
    void readsAssignments() {
        var put = (HostileCommand.Invocation.Put) HostileCommand.parse(List.of(
                "set", "webhooks=false", "dropped=0.25", "skewMillis=-5", "--borrower", "CUST_1", "--calls", "3"));

        assertThat(put.switches()).hasToString("{\"webhooks\":false,\"dropped\":0.25,\"skewMillis\":-5}");
        assertThat(put.limited()).isTrue();
        assertThat(put.borrower()).isEqualTo("CUST_1");
        assertThat(put.calls()).isEqualTo(3);
    }

    @Test
    void readsTrigger() {
        assertThat(TriggerCommand.parse(List.of("DISBURSED", "--borrower", "B")))
                .isEqualTo(new TriggerCommand.Invocation("DISBURSED", "B", "PERSONAL_LOAN", false, null));
        assertThat(TriggerCommand.parse(List.of("NEW_ONE", "--borrower", "B", "--next-action", "DANCE"))
                        .force())
                .isTrue();
    }

    @Test
    void readsRangesAndSingleEvents() {
        assertThat(ReplayCommand.parse(List.of("evt_1")))
                .isEqualTo(new ReplayCommand.Invocation("evt_1", "evt_1", null));
        assertThat(ReplayCommand.parse(List.of("12..15", "--to", "http://localhost:3000/hook")))
                .isEqualTo(new ReplayCommand.Invocation("12", "15", URI.create("http://localhost:3000/hook")));
    }

    @Test
    void readsListenAndEvents() {
        assertThat(ListenCommand.parse(List.of("--forward-to", "http://127.0.0.1:3000/", "--payload")))
                .isEqualTo(new ListenCommand.Invocation(URI.create("http://127.0.0.1:3000/"), null, true));
        assertThat(EventsCommand.parse(List.of("--borrower", "B", "--json")))
                .isEqualTo(new EventsCommand.Invocation("B", null, null, false, false, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostile | | a script, list, show, set or off: missing",
                "hostile | storm outage | one too many",
                "hostile | storm --seed x | --seed: 'x' (expected: a number, at least 0)",
                "hostile | storm --calls 2 | belong to set",
                "hostile | set | hostile set: nothing",
                "hostile | set webhooks | expected: NAME=VALUE",
                "hostile | set webhooks=off | expected: true, false or a number",
                "hostile | set webhooks=false --calls 0 | at least 1",
                "trigger | DISBURSED | --borrower: missing",
                "trigger | --borrower B | STATUS: missing",
                "trigger | disbursed --borrower B | 1 to 64 of A-Z",
                "trigger | CLOSED --borrower B --type CAR | PERSONAL_LOAN or GOLD_LOAN",
                "listen | | --forward-to: missing",
                "listen | --forward-to http://example.org/ | an http URL of this machine",
                "listen | --forward-to https://127.0.0.1/ | an http URL of this machine",
                "events | all | one too many",
                "events | --borrower | --borrower: no value",
                "events | --frehs | see sandbox/run events --help",
                "replay | | an event id or FROM..TO: missing",
                "replay | 5.. | expected: an event id or FROM..TO",
                "replay | 5 --to ftp://127.0.0.1/ | an http URL of this machine"
            })
    void refusesWhatItDoesNotUnderstand(String verb, String typed, String message) {
        var words = typed == null ? List.<String>of() : List.of(typed.split(" ", -1));

        assertThatThrownBy(() -> Tools.run(layout(), verb, words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"hostile, list", "trigger, DISBURSED --borrower B", "events,", "replay, 5"})
    void failsWhileNoDemoRuns(String verb, String typed) throws Exception {
        var words = typed == null ? List.<String>of() : List.of(typed.split(" ", -1));

        assertThat(Tools.run(layout(), verb, words)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"hostile", "trigger", "listen", "events", "replay"})
    void helps(String verb) throws Exception {
        assertThat(Tools.has(verb)).isTrue();
        assertThat(Tools.run(layout(), verb, List.of("--help"))).isZero();
    }

    private Layout layout() {
        return new Layout(Path.of("../.."), target);
    }
}
