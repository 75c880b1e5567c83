package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

    final Texts texts = new Texts();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void hasEveryKindInEveryLanguage(Kind kind) {
        var inEnglish = texts.of(kind, Locale.ENGLISH);
        var inHindi = texts.of(kind, Locale.forLanguageTag("hi"));

        assertThat(inEnglish.title() + inEnglish.body()).matches("[\\x20-\\x7e]+");
        assertThat(inHindi.title()).matches(".*\\p{IsDevanagari}.*").isNotEqualTo(inEnglish.title());
        assertThat(inHindi.body()).matches(".*\\p{IsDevanagari}.*");
    }

    @ParameterizedTest
    @CsvSource({"hi-IN,hi", "hi-Deva-IN,hi", "en-IN,en", "en-GB,en", "ta-IN,en", "fr,en", "und,en"})
    void takesNearestLanguage(String asked, String spoken) {
        assertThat(texts.of(Kind.OFFERS_READY, Locale.forLanguageTag(asked)))
                .isEqualTo(texts.of(Kind.OFFERS_READY, Locale.forLanguageTag(spoken)));
    }

    @ParameterizedTest
    @CsvSource({"en", "hi"})
    void saysTheSameHoweverAJourneyEnded(String language) {
        assertThat(Sender.ENDINGS)
                .extracting(kind -> texts.of(kind, Locale.forLanguageTag(language)))
                .containsOnly(texts.of(Kind.CLOSED, Locale.forLanguageTag(language)));
    }

    /** A lock screen is read by others, too. */
    @Test
    void tellsNobodyAboutLoanOrRefusal() {
        var all = Arrays.stream(Kind.values())
                .flatMap(kind ->
                        Stream.of(Locale.ENGLISH, Locale.forLanguageTag("hi")).map(locale -> texts.of(kind, locale)))
                .map(text -> (text.title() + " " + text.body()).toLowerCase(Locale.ROOT));

        assertThat(all)
                .noneMatch(text -> text.matches(
                                ".*(loan|lender|reject|declin|refus|money|amount|rupee|₹|ऋण|लोन|कर्ज|अस्वीकार|रुपय).*")
                        || text.matches(".*\\d.*"));
    }
}
