package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wherever something might have slipped out, as text by place. */
record Leaks(Map<String, String> texts) {

    /** All logs, metrics, spans and refusals so far. */
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

    /** Which of the values are found where, by their numbers: a report of a leak must not be one. */
    List<String> found(List<String> values) {
        var found = new ArrayList<String>();
        texts.forEach((place, text) -> {
            for (int i = 0; i < values.size(); i++) {
                if (text.contains(values.get(i))) {
                    found.add("value " + i + " is in " + place);
                }
            }
        });
        return found;
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
