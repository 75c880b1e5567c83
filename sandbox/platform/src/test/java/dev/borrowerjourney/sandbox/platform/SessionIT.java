package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.BorrowerApp.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionIT {

    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory, "session-lifetime=30s", "refresh-lifetime=1h")
                .described();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void resumesTheActiveJourney() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        TestPlatform.Answer again =
                platform.asBackend(HEADLESS + "/sessions", "{\"borrowerExternalID\":\"" + borrower.externalId + "\"}");

        assertThat(again.data().at("/activeJourney/journeyID").asString()).isEqualTo(journeyId);
        assertThat(again.data().at("/activeJourney/nextAction").asString()).isEqualTo("COMPLETE_PROFILE");
    }

    @Test
    void keepsOlderSessionsAliveUnlessTheSwitchEndsThem() {
        BorrowerApp older = platform.borrower();
        BorrowerApp newer = BorrowerApp.login(platform, older.externalId);
        assertThat(older.get("/journeys").status()).isEqualTo(200);

        platform.switches("{\"endOlderSession\":true}");
        try {
            BorrowerApp.login(platform, older.externalId);

            assertThat(older.get("/journeys").code()).isEqualTo("INVALID_SESSION_TOKEN");
            assertThat(newer.get("/journeys").code()).isEqualTo("INVALID_SESSION_TOKEN");
        } finally {
            platform.switches("{\"endOlderSession\":false}");
        }
    }

    @Test
    void expiresSessions() {
        BorrowerApp borrower = platform.borrower();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> borrower.get("/journeys").code().equals("SESSION_EXPIRED"));
    }

    /** Its sessions have ended by then; what the borrower did has not. */
    @Test
    void goesOnWithAJourneyDaysLater() {
        BorrowerApp before = platform.borrower();
        String journeyId = before.journeyWithOffers();
        String offer = before.proceed(journeyId);
        before.submit(offer, before.awaitStep(offer, "AA_CONSENT"));
        before.awaitStatus(journeyId, "KYC_PENDING");
        platform.pace(10_000);
        BorrowerApp last = BorrowerApp.login(platform, before.externalId);
        platform.pace(20);
        String refresh = "{\"refreshToken\":\"" + last.refreshToken + "\"}";
        await().atMost(Duration.ofSeconds(60)).until(() -> platform.asBackend(HEADLESS + "/sessions/refresh", refresh)
                .code()
                .equals("INVALID_REFRESH_TOKEN"));

        TestPlatform.Answer again =
                platform.asBackend(HEADLESS + "/sessions", "{\"borrowerExternalID\":\"" + before.externalId + "\"}");
        BorrowerApp later = BorrowerApp.login(platform, before.externalId);
        TestPlatform.Answer resumed = later.send("PATCH", "/journeys/" + journeyId + "/resume", null, "days-later");

        assertThat(last.get("/journeys").status()).isEqualTo(401);
        assertThat(again.data().at("/activeJourney/journeyID").asString()).isEqualTo(journeyId);
        assertThat(resumed.data().path("status").asString()).isEqualTo("KYC_PENDING");
        later.submit(offer, later.awaitStep(offer, "KYC"));
        later.awaitStatus(journeyId, "BANK_MANDATE_PENDING");
    }

    @Test
    void renewsOnceAndEndsTheSessionOnReuse() {
        BorrowerApp borrower = platform.borrower();
        String body = "{\"refreshToken\":\"" + borrower.refreshToken + "\"}";

        TestPlatform.Answer renewed = platform.asBackend(HEADLESS + "/sessions/refresh", body);
        TestPlatform.Answer reused = platform.asBackend(HEADLESS + "/sessions/refresh", body);
        TestPlatform.Answer afterwards = platform.get(
                HEADLESS + "/journeys",
                "Authorization",
                "Bearer " + renewed.data().path("sessionToken").asString());

        assertThat(renewed.data().propertyNames())
                .containsExactlyInAnyOrder(
                        "borrowerID",
                        "borrowerExternalID",
                        "sessionToken",
                        "refreshToken",
                        "sessionExpiresAt",
                        "refreshExpiresAt");
        assertThat(reused.status()).isEqualTo(401);
        assertThat(reused.code()).isEqualTo("REFRESH_TOKEN_REUSED");
        assertThat(afterwards.status()).isEqualTo(401);
    }

    @Test
    void refusesUnknownRefreshTokens() {
        TestPlatform.Answer answer =
                platform.asBackend(HEADLESS + "/sessions/refresh", "{\"refreshToken\":\"nobody\"}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("INVALID_REFRESH_TOKEN");
    }

    @Test
    void mergesTheProfile() {
        BorrowerApp borrower = platform.borrower();
        borrower.send("PUT", "/profile", "{\"profile\":{\"pan\":\"ABCDE1234F\"}}", "first");

        TestPlatform.Answer merged = borrower.send(
                "PUT", "/profile", "{\"profile\":{\"dob\":\"1990-01-31\"},\"address\":{\"city\":\"Pune\"}}", "second");

        assertThat(merged.data().at("/profile/pan").asString()).isEqualTo("ABCDE1234F");
        assertThat(merged.data().at("/address/city").asString()).isEqualTo("Pune");
        assertThat(merged.data().path("missing").valueStream().map(it -> it.asString()))
                .containsExactly("profile.contactNumber", "profile.panName");
    }

    @Test
    void refusesInvalidFieldsByNameAndNotByValue() {
        TestPlatform.Answer refused =
                platform.borrower().send("PUT", "/profile", "{\"profile\":{\"pan\":\"abc-secret\"}}", "k");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("profile.pan").doesNotContain("abc-secret");
    }
}
