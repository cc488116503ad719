package io.antichain.stamping.clock;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import java.util.Optional;

/**
 * What a life takes over from the ones before, and where it finds it. Each record before a committed offset was handed to a
 * predecessor, and each record that a life of the same name has published was known to it.
 */
public final class ClockRecovery {
    /** How far back a partition is read: so many records. Along one process clocks never fall, so its last record says all. */
    public static final int TAIL_RECORDS = 1_000;

    /** Where knowledge is looked for. */
    public enum Mode {
        /** In the metadata of committed offsets, and in the tails of partitions where that is missing. */
        METADATA,
        /** In the tails of partitions alone. */
        TAIL,
        /** Nowhere: each life begins with nothing. */
        NONE
    }

    /** What is to be done for one input partition. */
    public sealed interface Step {
        /** Take this over. */
        record Known(Knowledge knowledge) implements Step {}

        /** Read the records from one offset up to, and without, another, and take over all their stamps. */
        record Tail(long from, long to) implements Step {}

        /** Nothing was handed to anybody. */
        record Nothing() implements Step {}
    }

    private ClockRecovery() {}

    /**
     * The step for an input partition that somebody else may have read before.
     *
     * @param committed the offset that was committed for it, if any
     * @param metadata the metadata of that offset, empty if none
     */
    public static Step of(Mode mode, Optional<Long> committed, String metadata) {
        Optional<Knowledge> known = mode == Mode.METADATA ? KnowledgeText.read(metadata) : Optional.empty();
        if (known.isPresent()) {
            return new Step.Known(known.get());
        }
        if (mode == Mode.NONE || committed.isEmpty() || committed.get() <= 0) {
            return new Step.Nothing();
        }
        return new Step.Tail(tailFrom(committed.get()), committed.get());
    }

    /** Where the tail before an offset begins. */
    public static long tailFrom(long to) {
        return Math.max(0, to - TAIL_RECORDS);
    }

    /** Whether a stamp that stands in a topic the process publishes to was known to a life before this one. */
    public static boolean inherits(ProcessId process, Stamp stamp) {
        ProcessId sender = stamp.dot().process();
        return sender.name().equals(process.name()) && sender.incarnation() != process.incarnation();
    }
}
