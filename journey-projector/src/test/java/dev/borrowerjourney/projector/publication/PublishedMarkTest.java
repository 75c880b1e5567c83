package dev.borrowerjourney.projector.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedMarkTest {

    @Test
    void readsBackWhatItWrote() {
        var mark = new PublishedMark("3Db5QLSqSZieL3rJBUUegA", 42);

        assertThat(PublishedMark.parse(mark.metadata())).contains(mark);
    }

    /** Offsets may have been set by an operator's tool. */
    @ParameterizedTest
    @ValueSource(strings = {"", "42", "topic -1", "topic 42 more", "topic 99999999999999999999"})
    void ignoresMetadataOfOthers(String metadata) {
        assertThat(PublishedMark.parse(metadata)).isEmpty();
    }
}
