package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlTest {

    private final CallbackUrl url = new CallbackUrl(URI.create("https://hooks.example.org/webhooks/journey-snapshots"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.org/webhooks/journey-snapshots",
                "HTTPS://Hooks.Example.ORG/webhooks/journey-snapshots",
                "https://hooks.example.org:443/webhooks/journey-snapshots"
            })
    void knowsItselfInOtherSpelling(String theirs) {
        assertThat(url.same(theirs)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/webhooks/journey-snapshots",
                "https://hooks.example.com/webhooks/journey-snapshots",
                "https://hooks.example.org:8443/webhooks/journey-snapshots",
                "https://hooks.example.org/Webhooks/journey-snapshots",
                "https://hooks.example.org/webhooks/journey-snapshots/",
                "https://hooks.example.org/webhooks/journey-snapshots?a=b",
                "https://hooks.example.org/webhooks/journey-snapshots#a",
                "https://a@hooks.example.org/webhooks/journey-snapshots",
                "/webhooks/journey-snapshots",
                "https:hooks",
                "no url",
                ""
            })
    void knowsAnother(String theirs) {
        assertThat(url.same(theirs)).isFalse();
    }

    @Test
    void isNotNothing() {
        assertThat(url.same(null)).isFalse();
    }

    @Test
    void readsEmptyPathAsRoot() {
        assertThat(new CallbackUrl(URI.create("https://hooks.example.org")).same("https://hooks.example.org/"))
                .isTrue();
    }
}
