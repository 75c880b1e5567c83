package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Nothing of what a journey is about can get into a push: there is no place to put it. */
class ContentFreeTest {

    static final BorrowerKey BORROWER = new BorrowerKey("b".repeat(43));

    /** Types whose values are made from closed sets, hashes, random numbers or settings; no text among them. */
    static final Set<Class<?>> CLOSED =
            Set.of(Kind.class, JourneyReference.class, UUID.class, Duration.class, Urgency.class);

    @Test
    void hasNoRoomForText() {
        assertThat(Push.class.getRecordComponents())
                .extracting(RecordComponent::getType)
                .allMatch(CLOSED::contains);
    }

    @Test
    void makesReferencesOnlyFromHashes() {
        assertThat(JourneyReference.class.getDeclaredConstructors()).allMatch(ContentFreeTest::hidden);

        var reference = JourneyReference.of(BORROWER, "jrn_7f3a");

        assertThat(reference.value()).matches("[A-Za-z0-9_-]{22}").doesNotContain("jrn");
        assertThat(reference).isEqualTo(JourneyReference.of(BORROWER, "jrn_7f3a"));
        assertThat(reference).isNotEqualTo(JourneyReference.of(BORROWER, "jrn_7f3b"));
        assertThat(reference).isNotEqualTo(JourneyReference.of(new BorrowerKey("c".repeat(43)), "jrn_7f3a"));
    }

    @Test
    void takesNoArgumentInAnyTemplate() throws IOException {
        for (var language : Texts.LANGUAGES) {
            var templates = new Properties();
            try (var in = Objects.requireNonNull(
                            Texts.class.getResourceAsStream("/push/texts_" + language + ".properties"));
                    var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                templates.load(reader);
            }
            assertThat(templates).hasSize(2 * Texts.Said.values().length);
            assertThat(templates.values())
                    .allSatisfy(template -> assertThat(new MessageFormat(template.toString()).getArgumentNames())
                            .isEmpty());
        }
    }

    /** The contract names what is personal; no name of it is a member of what devices are handed. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void handsOutNoMemberThatIsMoreThanPublic(Kind kind) {
        var push = new Push(
                kind,
                JourneyReference.of(BORROWER, "jrn_7f3a"),
                UUID.randomUUID(),
                Duration.ofHours(1),
                Urgency.NORMAL);

        var members = Content.of(push, Locale.ENGLISH, new Texts()).forServiceWorker();

        assertThat(members.keySet()).containsExactlyInAnyOrder("kind", "journey", "notificationId", "title", "body");
        assertThat(members.keySet()).doesNotContainAnyElementsOf(namesOf(JourneyChanged.getClassSchema()));
        assertThat(members.values()).noneMatch(value -> value.contains("jrn_7f3a") || value.contains(BORROWER.value()));
    }

    /** What a push is made from and by takes nothing of an event, so that nothing of one can come through. */
    @Test
    void takesNothingOfAnEvent() {
        assertThat(Stream.of(Push.class, JourneyReference.class, Content.class, Texts.class, PushSender.class)
                        .flatMap(type -> Stream.concat(
                                Arrays.stream(type.getDeclaredMethods()),
                                Arrays.stream(type.getDeclaredConstructors())))
                        .flatMap(executable -> Arrays.stream(executable.getParameterTypes())))
                .isNotEmpty()
                .noneMatch(type -> type.getPackageName().equals(JourneyChanged.class.getPackageName()));
    }

    /** Every field of a change, whatever its class: pseudonymous, internal, or personal one day. */
    private static List<String> namesOf(Object schema) {
        var names = new JsonMapper().readTree(schema.toString()).findValuesAsString("name");
        assertThat(names).contains("borrowerKey", "journeyId", "lender", "offers");
        return names;
    }

    private static boolean hidden(Constructor<?> constructor) {
        return Modifier.isPrivate(constructor.getModifiers());
    }
}
