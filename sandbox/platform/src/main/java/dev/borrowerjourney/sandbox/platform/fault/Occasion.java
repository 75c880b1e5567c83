package dev.borrowerjourney.sandbox.platform.fault;

import org.jspecify.annotations.Nullable;

/**
 * What a fault may strike.
 *
 * @param borrower whom it concerns, by external id; empty if nobody is known
 * @param path of a call; null for what is no call
 * @param identity the same in every run with the same borrowers: never a random id, never a time
 */
public record Occasion(String borrower, @Nullable String path, String identity) {

    /** A webhook, by its place among the borrower's snapshots. */
    public static Occasion webhook(String borrower, int index) {
        return new Occasion(borrower, null, borrower + "#" + index);
    }

    /** One attempt of a webhook, from 0. */
    public Occasion attempt(int number) {
        return new Occasion(borrower, path, identity + "/" + number);
    }
}
