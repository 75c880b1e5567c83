package dev.borrowerjourney.sandbox.demo.inbox;

import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came, and the browsers that it may come to. Nothing outlives the process. */
final class Inbox {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final int KEPT = 200;

    private final Deque<Arrived> arrived = new ArrayDeque<>();
    private final Map<String, Browser> browsers = new LinkedHashMap<>();

    synchronized void add(Arrived push) {
        arrived.addLast(push);
        if (arrived.size() > KEPT) {
            arrived.removeFirst();
        }
    }

    /** The latest, those that came last at the end. */
    synchronized List<Arrived> pushes() {
        return List.copyOf(arrived);
    }

    synchronized Optional<Browser> browser(String id) {
        return Optional.ofNullable(browsers.get(id));
    }

    /**
     * Bodies for PUT /v1/devices of one new device of each channel.
     *
     * @param base where subscriptions have their endpoints
     */
    JsonNode newDevices(String base) throws GeneralSecurityException {
        var id = UUID.randomUUID().toString();
        var browser = new Browser();
        keep(id, browser);
        var devices = JSON.createObjectNode();
        var subscription =
                devices.putObject("WEB_PUSH").put("channel", "WEB_PUSH").putObject("subscription");
        subscription.put("endpoint", base + "/web-push/" + id);
        subscription.putObject("keys").put("p256dh", browser.p256dh()).put("auth", browser.auth());
        devices.putObject("FCM").put("channel", "FCM").put("token", "sandbox:" + UUID.randomUUID());
        devices.putObject("APNS").put("channel", "APNS").put("token", hex() + hex());
        return devices;
    }

    private synchronized void keep(String id, Browser browser) {
        browsers.put(id, browser);
        if (browsers.size() > KEPT) {
            browsers.remove(browsers.keySet().iterator().next());
        }
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
