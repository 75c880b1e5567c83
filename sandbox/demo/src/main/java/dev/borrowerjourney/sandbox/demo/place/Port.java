package dev.borrowerjourney.sandbox.demo.place;

/** A port of the demo, with its usual number and, where there is one, a second port at a fixed distance. */
public enum Port {
    EDGE(18080, 0),
    SESSION(18081, 1000),
    INGEST(18082, 1000),
    PROJECTOR(18083, 1000),
    NOTIFIER(18084, 1000),
    PLATFORM(18085, 1000),
    /** The second one is for APNs. */
    PUSH_INBOX(18086, 1000),
    REGISTRY(18087, 1000),
    OPERATOR(18088, 0),
    /** The second one is the controller's, which only the broker itself calls. */
    BROKER(19092, 1),
    POSTGRES(15432, 0);

    final int usual;
    final int distanceOfSecond;

    Port(int usual, int distanceOfSecond) {
        this.usual = usual;
        this.distanceOfSecond = distanceOfSecond;
    }

    /** The environment variable that moves this port. */
    public String setting() {
        return "SANDBOX_PORT_" + name();
    }
}
