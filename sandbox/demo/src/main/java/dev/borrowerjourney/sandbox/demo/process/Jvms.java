package dev.borrowerjourney.sandbox.demo.process;

import java.util.List;
import java.util.Map;

/**
 * Which virtual machine a process gets: the demo's small one that starts soon, or, where something is measured, one with
 * the options of production.
 *
 * @param options by the process's name; heap, collector and compilers
 */
public record Jvms(Map<String, List<String>> options) {

    /** All as in the demo. */
    public static Jvms small() {
        return new Jvms(Map.of());
    }

    /**
     * The command that the process's options lead to.
     *
     * @param heapMegabytes of the demo's small one
     */
    public JavaCommand of(String process, int heapMegabytes) {
        var own = options.get(process);
        return own == null ? JavaCommand.withHeap(heapMegabytes) : JavaCommand.withOptions(own);
    }
}
