package io.antichain.schemas.codec;

import io.antichain.clocks.ProcessId;
import java.util.Arrays;

/**
 * Process ids by their written form. One instance serves every record that names the process, so that comparing clocks
 * compares references, and no text is parsed twice in a row.
 */
final class ProcessIds {
    private record Parsed(String text, ProcessId process) {}

    private record Read(byte[] utf8, ProcessId process) {}

    // Bounded without bookkeeping: a text has one slot, and takes it from whoever had it. Threads may race for a slot;
    // as Parsed is immutable, the loser parses again.
    private static final int SLOTS = 4_096;

    private static final Parsed[] PARSED = new Parsed[SLOTS];

    private static final Read[] READ = new Read[SLOTS];

    private ProcessIds() {}

    /**
     * The process that {@code text} names.
     *
     * @throws IllegalArgumentException if {@code text} is no written form of a process id
     */
    static ProcessId parse(String text) {
        int slot = slot(text.hashCode());
        Parsed parsed = PARSED[slot];
        if (parsed != null && parsed.text.equals(text)) {
            return parsed.process;
        }
        ProcessId process = ProcessId.parse(text);
        PARSED[slot] = new Parsed(text, process);
        return process;
    }

    /** The process whose written form these bytes are, if it was {@linkplain #learn learnt} lately; else null. */
    static ProcessId known(byte[] bytes, int from, int length) {
        Read read = READ[slot(hash(bytes, from, length))];
        return read != null && Arrays.equals(read.utf8, 0, read.utf8.length, bytes, from, from + length)
                ? read.process
                : null;
    }

    /**
     * The process that {@code text} names.
     *
     * @param bytes the text, from an index on
     * @throws IllegalArgumentException if {@code text} is no written form of a process id
     */
    static ProcessId learn(byte[] bytes, int from, int length, String text) {
        ProcessId process = parse(text);
        READ[slot(hash(bytes, from, length))] = new Read(Arrays.copyOfRange(bytes, from, from + length), process);
        return process;
    }

    private static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
