package io.antichain.schemas.codec;

import io.antichain.clocks.ProcessId;

/**
 * Process ids by their written form. One instance serves every record that names the process, so that comparing clocks
 * compares references, and no text is parsed twice in a row.
 */
final class ProcessIds {
    private record Parsed(String text, ProcessId process) {}

    // Bounded without bookkeeping: a text has one slot, and takes it from whoever had it. Threads may race for a slot;
    // as Parsed is immutable, the loser parses again.
    private static final int SLOTS = 4_096;

    private static final Parsed[] PARSED = new Parsed[SLOTS];

    private ProcessIds() {}

    /**
     * The process that {@code text} names.
     *
     * @throws IllegalArgumentException if {@code text} is no written form of a process id
     */
    static ProcessId parse(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Parsed parsed = PARSED[slot];
        if (parsed != null && parsed.text.equals(text)) {
            return parsed.process;
        }
        ProcessId process = ProcessId.parse(text);
        PARSED[slot] = new Parsed(text, process);
        return process;
    }
}
