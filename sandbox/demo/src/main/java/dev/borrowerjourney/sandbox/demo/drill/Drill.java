package dev.borrowerjourney.sandbox.demo.drill;

/** One fault, brought about under load. */
@FunctionalInterface
interface Drill {

    /** Breaks what it is there to break, and enters into the scene's ledger what came of it. */
    void run(Scene scene) throws Exception;
}
