package dev.borrowerjourney.notifier.push;

/** How much a push may disturb: whether it may wake a device that saves its battery. */
public enum Urgency {
    NORMAL,
    HIGH
}
