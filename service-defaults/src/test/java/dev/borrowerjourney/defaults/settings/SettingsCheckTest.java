package dev.borrowerjourney.defaults.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.settings.UnknownSettingsException.Unknown;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsCheckTest {

    @ConfigurationProperties(prefix = "ingest.webhook", ignoreUnknownFields = false)
    record WebhookProperties(
            @DefaultValue("journey-snapshots") String topic,
            @DefaultValue("8s") Duration deliveryTimeout,
            @DefaultValue Limits inFlight,
            @DefaultValue List<URI> allowed,
            @Name("class") @DefaultValue("none") String kind) {

        record Limits(@DefaultValue("1") int maxBytes) {}
    }

    @ConfigurationProperties(prefix = "ingest", ignoreUnknownFields = true)
    record IngestProperties(
            @DefaultValue List<Application> applications,
            @DefaultValue Map<String, String> labels,
            @DefaultValue Map<String, Application> named) {

        record Application(
                String applicationId, @DefaultValue("t") String tenantId) {}
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SettingsConfiguration.class)
    @EnableConfigurationProperties({WebhookProperties.class, IngestProperties.class})
    static class Service {

        @Bean
        static OwnPrefixes ownPrefixes() {
            return OwnPrefixes.of("ingest", "platform");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingest.webhook.topic=x",
                "ingest.webhook.delivery-timeout=1s",
                "ingest.webhook.deliveryTimeout=1s",
                "ingest.webhook.delivery_timeout=1s",
                "ingest.webhook.in-flight.max-bytes=7",
                "ingest.webhook.allowed=http://a,http://b",
                "ingest.webhook.allowed[0]=http://a",
                "ingest.webhook.class=x",
                "ingest.applications[0].application-id=x",
                "ingest.labels.any.key=x",
                "ingest.labels[any/key]=x",
                "ingest.named.first.tenant-id=x",
                "service-defaults.foreign-variables=A,B",
                "ingest.webhook=",
                "spring.main.banner-mode=off",
                "something.else=x"
            })
    void acceptsKnownProperties(String argument) {
        assertThat(unknown(Map.of(), "--" + argument)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ingest.webhook.topik=x, ingest.webhook.topic",
        "ingest.webhook.delivery-timeout.millis=1, ingest.webhook.delivery-timeout",
        "ingest.webhook.in-flight.max=7, ingest.webhook.in-flight.max-bytes",
        "ingest.webhook.allowd[0]=http://a, ingest.webhook.allowed",
        "ingest.webhook.clas=x, ingest.webhook.class",
        "ingest.webook.topic=x, ingest.webhook.topic",
        "ingest.topic=x, ingest.webhook.topic",
        "ingest.applications[0].applicationn-id=x, ingest.applications[0].application-id",
        "ingest.named.first.tenant=x, ingest.named.<key>.tenant-id",
        "ingets.webhook.topic=x, ingest.webhook.topic",
        "ingst.entirely-new=x, ingest.webhook.class",
        "ingestwebhook.topic=x, ingest.webhook.topic",
        "service-defaults.foreign-variable=x, service-defaults.foreign-variables",
        "INGEST_WEBHOOK_TOPIC=x, ingest.webhook.topic"
    })
    void refusesUnknownPropertyAndNamesTheNearest(String argument, String nearest) {
        assertThat(unknown(Map.of(), "--" + argument)).singleElement().satisfies(unknown -> {
            assertThat(argument).startsWith(unknown.name() + "=");
            if (!argument.contains("entirely-new")) {
                assertThat(unknown.nearest()).isEqualTo(nearest);
            }
            assertThat(unknown.source()).contains("commandLineArgs");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INGEST_WEBHOOK_TOPIC",
                "INGEST_WEBHOOK_DELIVERYTIMEOUT",
                "INGEST_WEBHOOK_DELIVERY_TIMEOUT",
                "INGEST_WEBHOOK_INFLIGHT_MAXBYTES",
                "INGEST_WEBHOOK_IN_FLIGHT_MAX_BYTES",
                "INGEST_APPLICATIONS_0_APPLICATIONID",
                "INGEST_APPLICATIONS_0_APPLICATION_ID",
                "INGEST_LABELS_ANY_KEY",
                "INGEST_NAMED_FIRST_TENANTID",
                "SERVICEDEFAULTS_FOREIGNVARIABLES",
                "ingest_webhook_topic",
                "PATH",
                "INGEST",
                "WEBHOOK_INGEST_SERVICE_SERVICE_HOST",
                "KUBERNETES_SERVICE_HOST"
            })
    void acceptsKnownVariables(String variable) {
        assertThat(unknown(Map.of(variable, "1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INGEST_WEBHOOK_TOPIK, INGEST_WEBHOOK_TOPIC",
        "INGEST_WEBHOOK_INFLIGHT_MAX_BYTES, INGEST_WEBHOOK_INFLIGHT_MAXBYTES",
        "INGEST__WEBHOOK_TOPIC, INGEST_WEBHOOK_TOPIC",
        "INGST_WEBHOOK_TOPIC, INGEST_WEBHOOK_TOPIC",
        "INGEST-WEBHOOK-TOPIK, INGEST_WEBHOOK_TOPIC",
        "INGESTWEBHOOK_TOPIC, INGEST_WEBHOOK_TOPIC",
        "INGEST_APPLICATIONS_0_TENANT, INGEST_APPLICATIONS_0_TENANTID",
        "INGEST_SERVICE_PORT, INGEST_WEBHOOK_TOPIC",
        "SERVICE_DEFAULTS_FOREIGN, SERVICEDEFAULTS_FOREIGNVARIABLES"
    })
    void refusesUnknownVariableAndNamesTheNearest(String variable, String nearest) {
        assertThat(unknown(Map.of(variable, "secret"))).singleElement().satisfies(unknown -> {
            assertThat(unknown.name()).isEqualTo(variable);
            assertThat(unknown.nearest()).startsWith(variable.contains("PORT") ? "" : nearest);
            assertThat(unknown.toString()).doesNotContain("secret").contains("the environment");
        });
    }

    /** Kubernetes gives every pod some variables for each Service, and names them after it. */
    @Test
    void leavesServiceLinksAlone() {
        var links = new LinkedHashMap<String, Object>();
        for (String service : List.of("PLATFORM_SIMULATOR", "INGEST")) {
            links.put(service + "_SERVICE_HOST", "10.0.0.1");
            links.put(service + "_SERVICE_PORT", "8080");
            links.put(service + "_SERVICE_PORT_HTTP", "8080");
            links.put(service + "_PORT", "tcp://10.0.0.1:8080");
            links.put(service + "_PORT_8080_TCP", "tcp://10.0.0.1:8080");
            links.put(service + "_PORT_8080_TCP_PROTO", "tcp");
            links.put(service + "_PORT_8080_TCP_PORT", "8080");
            links.put(service + "_PORT_8080_TCP_ADDR", "10.0.0.1");
        }

        assertThat(unknown(links)).isEmpty();

        links.put("INGEST_PORTT", "tcp://10.0.0.1:8080");
        assertThat(unknown(links)).extracting(Unknown::name).containsExactly("INGEST_PORTT");
    }

    @Test
    void leavesVariablesAloneThatAnOperatorDeclaredForeign() {
        assertThat(unknown(Map.of("PLATFORM_BRANCH", "x", "SERVICE_DEFAULTS_FOREIGN_VARIABLES", "PLATFORM_BRANCH")))
                .isEmpty();
        assertThat(unknown(Map.of("PLATFORM_BRANCH", "x"))).hasSize(1);
    }

    @Test
    void readsSystemProperties() {
        System.setProperty("ingest.webhook.topik", "x");
        try {
            assertThat(unknown(Map.of())).extracting(Unknown::name).containsExactly("ingest.webhook.topik");
        } finally {
            System.clearProperty("ingest.webhook.topik");
        }
    }

    @Test
    void readsYamlAndNamesFileAndLine(@TempDir Path directory) throws Exception {
        var file = directory.resolve("application.yaml");
        Files.writeString(file, """
                ingest:
                  webhook:
                    topic: x
                    topik: x
                """);

        assertThat(unknown(Map.of(), "--spring.config.location=" + file))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.source())
                        .contains("application.yaml")
                        .contains("4:12"));
    }

    @Test
    void readsMountedTrees(@TempDir Path tree) throws Exception {
        Files.writeString(tree.resolve("ingest.webhook.topik"), "x");

        assertThat(unknown(Map.of(), "--spring.config.import=configtree:" + tree + "/"))
                .extracting(Unknown::name)
                .containsExactly("ingest.webhook.topik");
    }

    @Test
    void namesAllAtOnceAndNoValue() {
        var failure = Objects.requireNonNull(new UnknownSettingsFailureAnalyzer()
                .analyze(new UnknownSettingsException(
                        unknown(Map.of("INGST_WEBHOOK_TOPIC", "sesame"), "--ingest.webhook.topik=sesame"))));

        assertThat(failure.getDescription())
                .contains(
                        "INGST_WEBHOOK_TOPIC", "ingest.webhook.topik", "nearest known setting is ingest.webhook.topic")
                .doesNotContain("sesame");
        assertThat(failure.getAction()).contains("README");
    }

    private static List<Unknown> unknown(Map<String, Object> environment, String... arguments) {
        var unknown = new ArrayList<Unknown>();
        try (var context = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .environment(environment(environment))
                .run(arguments)) {
            assertThat(context.isActive()).isTrue();
        } catch (UnknownSettingsException e) {
            unknown.addAll(e.unknown());
        }
        return unknown;
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        var name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        return environment;
    }
}
