package dev.borrowerjourney.sandbox.load.delivery;

/** Turns numbers into well spread ones, always the same way, so that a delivery is a function of its number. */
final class Mix {

    private Mix() {}

    /** The finaliser of SplitMix64. */
    static long of(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
