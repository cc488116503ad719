package io.antichain.clocks;

import java.util.regex.Pattern;

/**
 * An event's identity: the {@code counter}-th event of {@code process}, written {@code node-1:5}.
 *
 * <p>Dots as in Almeida, Baquero, Gonçalves, Preguiça, Fonte: "Scalable and Accurate Causality Tracking for Eventually
 * Consistent Stores" (2014). A Kafka offset is no identity: a mirrored or replayed log has others.
 *
 * <pre>{@code
 * Dot fifth = Dot.parse("node-1:5");
 * assert fifth.process().equals(ProcessId.of("node-1")) && fifth.counter() == 5;
 * }</pre>
 *
 * @param process whose event it is
 * @param counter its number within the process, from 1 to {@link #MAX_COUNTER}
 */
public record Dot(ProcessId process, long counter) {
    /** The greatest counter, 2^53 − 1: beyond it JSON readers lose exactness. */
    public static final long MAX_COUNTER = (1L << 53) - 1;

    private static final Pattern WRITTEN_COUNTER = Pattern.compile("[1-9][0-9]{0,15}");

    public Dot {
        if (counter < 1 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("An event's counter is 1 to 2^53 - 1: process=" + process + ", counter="
                    + counter + "; an event is numbered within its process, from 1");
        }
    }

    /**
     * Reads the written form back: {@code parse("node-1~2:5")} is event 5 of the third life of {@code node-1}.
     *
     * @throws IllegalArgumentException if {@code text} is not a written form that {@link #toString} gives
     */
    public static Dot parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !WRITTEN_COUNTER.matcher(text.substring(colon + 1)).matches()) {
            throw new IllegalArgumentException(
                    "An event is written PROCESS:COUNTER: event=" + Printable.of(text) + "; write it as in node-1:5");
        }
        return new Dot(ProcessId.parse(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return process + ":" + counter;
    }
}
