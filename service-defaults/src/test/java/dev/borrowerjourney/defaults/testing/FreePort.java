package dev.borrowerjourney.defaults.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port for a process that must be told its port, or must come back on the one it had. Nobody listens on it
 * until then, and it is below those that an operating system gives out by itself: one of those may have become the near
 * end of anyone's connection before the process gets to it.
 */
public final class FreePort {

    /** Above those of the sandbox, below those that Linux gives out (net.ipv4.ip_local_port_range). */
    private static final int FIRST = 20_000;

    private static final int AFTER_LAST = 32_000;

    private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** One that this JVM did not get before. */
    public static int next() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, AFTER_LAST);
            if (GIVEN_OUT.add(port) && isFree(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
