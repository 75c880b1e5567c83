package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.webhook.EventLog;
import dev.borrowerjourney.sandbox.platform.webhook.Listeners;
import dev.borrowerjourney.sandbox.platform.webhook.Replays;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows what was sent, masked; sends it again; and sends it to a developer's own endpoint, too. */
@RestController
@RequestMapping("/admin")
class EventsController {

    private static final int LARGEST_PAGE = 1000;
    private static final int LARGEST_REPLAY = 1000;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final EventLog log;
    private final Replays replays;
    private final Listeners listeners;

    EventsController(EventLog log, Replays replays, Listeners listeners) {
        this.log = log;
        this.replays = replays;
        this.listeners = listeners;
    }

    /**
     * A page of the log.
     *
     * @param next what to ask after for the next page; the same again while there is nothing newer
     */
    record Events(List<EventLog.Event> items, long next) {}

    record Replay(
            @Nullable String from,
            @Nullable String to,
            @Nullable URI url) {}

    record Replayed(List<Replays.Replayed> items) {}

    record NewListener(@Nullable URI url, @Nullable String borrower) {}

    @GetMapping("/events")
    Events events(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String borrower,
            @RequestParam(required = false) @Nullable String journey,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String target) {
        if (after < 0 || limit < 1 || limit > LARGEST_PAGE) {
            throw invalid("after must be at least 0, limit 1 to " + LARGEST_PAGE + ".");
        }
        List<EventLog.Event> items = log.after(after, limit, new EventLog.Wanted(borrower, journey, event, target));
        return new Events(items, items.isEmpty() ? after : items.getLast().number());
    }

    @PostMapping("/events/replay")
    Replayed replay(@RequestBody Replay replay) throws InterruptedException {
        if (replay.from() == null) {
            throw invalid("from must be an event id or a position.");
        }
        if (replay.url() != null) {
            checkLoopback(replay.url());
        }
        long from = position(replay.from());
        long to = replay.to() == null ? from : position(replay.to());
        if (to < from || to - from >= LARGEST_REPLAY) {
            throw invalid("to must not be before from, nor " + LARGEST_REPLAY + " positions after it.");
        }
        return new Replayed(replays.replay(from, to, replay.url()));
    }

    @PostMapping("/listeners")
    Listeners.View listen(@RequestBody NewListener listener) {
        if (listener.url() == null) {
            throw invalid("url is required.");
        }
        checkLoopback(listener.url());
        return listeners.add(listener.url(), listener.borrower());
    }

    /** Has to come every few seconds, or the listener is forgotten. */
    @PutMapping("/listeners/{id}")
    Listeners.View renew(@PathVariable String id) {
        return listeners.renew(id).orElseThrow(() -> notFound("listener"));
    }

    @DeleteMapping("/listeners/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable String id) {
        if (!listeners.remove(id)) {
            throw notFound("listener");
        }
    }

    private long position(String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        return replays.position(text).orElseThrow(() -> notFound("event in the log, which begins with the process"));
    }

    private static void checkLoopback(URI url) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null || !LOOPBACK.contains(url.getHost())) {
            throw invalid("url must be an http URL of this machine, such as http://127.0.0.1:3000/webhooks.");
        }
    }
}
