package io.antichain.clocks;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The written form of a vector clock, {@code {node-1=5, node-2=3}}, read back. */
final class WrittenClock {
    private static final Pattern ENTRY = Pattern.compile("[0-9]{1,16}");

    private WrittenClock() {}

    static VectorClock parse(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw notAClock(text);
        }
        TreeMap<ProcessId, Long> entries = new TreeMap<>();
        String inner = text.substring(1, text.length() - 1);
        for (String entry : inner.isEmpty() ? List.<String>of() : Arrays.asList(inner.split(", ", -1))) {
            int equals = entry.lastIndexOf('=');
            if (equals < 0 || !ENTRY.matcher(entry.substring(equals + 1)).matches()) {
                throw notAClock(text);
            }
            ProcessId process = ProcessId.parse(entry.substring(0, equals));
            if (entries.put(process, Long.parseLong(entry.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(
                        "A clock names each process once: process=" + process + "; remove one of its entries");
            }
        }
        return VectorClock.of(entries);
    }

    private static IllegalArgumentException notAClock(String text) {
        return new IllegalArgumentException("A clock is written {PROCESS=COUNTER, …}: clock=" + Printable.of(text)
                + "; write it as in {node-1=5, node-2=3}");
    }
}
