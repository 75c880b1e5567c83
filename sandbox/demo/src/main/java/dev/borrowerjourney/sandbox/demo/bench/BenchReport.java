package dev.borrowerjourney.sandbox.demo.bench;

import java.util.List;

/** What a bench found. */
interface BenchReport {

    /** All figures, for people. */
    String text();

    /** The ratio, in the form that tools read. */
    String lastLine();

    /** Why the run proves nothing; empty if it does. */
    List<String> complaints();
}
