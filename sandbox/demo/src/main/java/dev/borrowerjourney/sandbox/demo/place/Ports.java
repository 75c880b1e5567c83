package dev.borrowerjourney.sandbox.demo.place;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The ports that one demo listens on, all on loopback. */
public final class Ports {

    private static final Set<Integer> GIVEN = new HashSet<>();

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * The usual ports, moved by the environment.
     *
     * @throws IllegalArgumentException naming the variable that cannot work
     */
    public static Ports of(Map<String, String> environment) {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        for (var port : Port.values()) {
            numbers.put(port, number(port, environment.getOrDefault(port.setting(), Integer.toString(port.usual))));
        }
        return new Ports(numbers).withoutClash();
    }

    /**
     * Ports that were free a moment ago, and that nobody else in this JVM was given: most of a demo's listeners come long
     * after the choice. They lie below the usual range for outgoing connections.
     */
    public static synchronized Ports free() {
        var numbers = new EnumMap<Port, Integer>(Port.class);
        var candidates = new ArrayList<Integer>();
        for (int number = 20_000; number < 31_000; number++) {
            candidates.add(number);
        }
        Collections.shuffle(candidates);
        var next = candidates.iterator();
        for (var port : Port.values()) {
            int number = next.next();
            while (!isFree(number)
                    || !isFree(number + port.distanceOfSecond)
                    || GIVEN.contains(number)
                    || GIVEN.contains(number + port.distanceOfSecond)) {
                number = next.next();
            }
            GIVEN.add(number);
            GIVEN.add(number + port.distanceOfSecond);
            numbers.put(port, number);
        }
        return new Ports(numbers);
    }

    public int of(Port port) {
        return Objects.requireNonNull(numbers.get(port));
    }

    /** The management port of a service, the registry's or the broker's second port. */
    public int second(Port port) {
        return of(port) + port.distanceOfSecond;
    }

    public String url(Port port) {
        return "http://127.0.0.1:" + of(port);
    }

    public String managementUrl(Port port) {
        return "http://127.0.0.1:" + second(port);
    }

    /** One line for each port that another program holds, with the setting that moves it. */
    public List<String> taken() {
        var taken = new ArrayList<String>();
        numbers.forEach((port, number) -> {
            if (!isFree(number)) {
                taken.add("port " + number + " is taken: move it with " + port.setting());
            }
            if (port.distanceOfSecond > 0 && !isFree(second(port))) {
                taken.add("port " + second(port) + " is taken: it lies " + port.distanceOfSecond + " above "
                        + port.setting() + "=" + number + ", move both with that");
            }
        });
        return taken;
    }

    private Ports withoutClash() {
        var owners = new HashMap<Integer, Port>();
        numbers.forEach((port, number) -> {
            for (int each : port.distanceOfSecond == 0 ? new int[] {number} : new int[] {number, second(port)}) {
                var other = owners.put(each, port);
                if (other != null) {
                    throw new IllegalArgumentException(port.setting() + ": " + number + " (expected: " + each
                            + " not used by " + other.setting() + ", too)");
                }
            }
        });
        return this;
    }

    private static int number(Port port, String text) {
        int most = 65_535 - port.distanceOfSecond;
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Answered below, as any other text that is no port.
        }
        throw new IllegalArgumentException(
                port.setting() + ": '" + text + "' (expected: a number from 1 to " + most + ")");
    }

    private static boolean isFree(int number) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
