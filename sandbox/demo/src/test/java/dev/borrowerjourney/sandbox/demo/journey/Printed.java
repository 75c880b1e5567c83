package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.testing.Leaks;
import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** What the processes of a demo printed, measured, exported and refused. */
final class Printed {

    private Printed() {}

    /** All of it so far. */
    static Leaks of(WholeDemo demo, DescribedClient client, OtlpReceiver collector)
            throws IOException, InterruptedException {
        var texts = new LinkedHashMap<String, String>();
        for (var process : demo.processes()) {
            texts.put("log of " + process.name(), Files.readString(process.log(), UTF_8));
        }
        var management = demo.file().management();
        for (var service :
                List.of(management.session(), management.ingest(), management.projector(), management.notifier())) {
            texts.put("metrics of " + service, metrics(service));
        }
        texts.put("spans", collector.text());
        texts.put("refusals", String.join("\n", client.refusals()));
        return new Leaks(texts);
    }

    private static String metrics(String management) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(management + "/prometheus"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
