package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Gateway.Rejection;
import io.antichain.schemas.SourcePartition;
import java.util.Arrays;
import java.util.Map;

/** What cannot be, given what was heard before: why a record is refused. */
final class Admission {
    private final EngineLimits limits;
    private final Window window;
    private final Marks marks;
    private final ProcessTable processes;
    private long[] neighbour = new long[8];
    /** Whether the clock looked at last lacks entries that the one before it has. */
    private boolean leavesOut;

    // By process number: the entry that was too far to be believed, and whose event claimed it.
    private long[] claimed = new long[8];
    private int[] claimant = new int[8];
    /** How many records retention deleted before they were read: clocks may be so much further ahead. */
    private long deleted;

    Admission(EngineLimits limits, Window window, Marks marks, ProcessTable processes) {
        this.limits = limits;
        this.window = window;
        this.marks = marks;
        this.processes = processes;
    }

    void makeRoom(int count) {
        if (claimed.length < count) {
            claimed = Arrays.copyOf(claimed, 2 * count);
            claimant = Arrays.copyOf(claimant, 2 * count);
        }
        if (neighbour.length < count) {
            neighbour = new long[2 * count];
        }
    }

    /** Records were deleted unread. */
    void deleted(long records) {
        deleted += records;
    }

    void forget(int process) {
        claimed[process] = 0;
    }

    /**
     * The first rule that the record breaks; null if it may be believed.
     *
     * @param own its process, negative if it has no number yet
     * @param clock its clock by process number
     * @param scan what a pass over it found
     */
    Anomaly refusal(Arriving record, int own, long[] clock, ClockScan scan) {
        leavesOut = false;
        if (own >= 0 && window.last()[own] > 0) {
            Anomaly refusal = record.counter() > window.last()[own]
                    ? (scan.fallsBehind() ? fallenBehind(record, clock, window.latest(own)) : null)
                    : amongOthers(record, own, clock);
            if (refusal != null) {
                return refusal;
            }
        }
        return beyondLimits(record, own, clock, scan);
    }

    /** Of an event that is not the last of its chain: the dot once more, or a clock that does not fit there. */
    private Anomaly amongOthers(Arriving record, int own, long[] clock) {
        Chain chain = window.chain(own);
        if (chain.locate(record.counter())) {
            boolean same =
                    processes.unnamed() == 0 && chain.fingerprint() == record.fingerprint(clock, processes.size());
            return same ? duplicate(record, chain) : reused(record, chain);
        }
        Anomaly refusal =
                chain.clockBefore(neighbour, processes.size()) ? fallenBehind(record, clock, neighbour) : null;
        if (refusal == null && chain.clockAfter(neighbour, processes.size())) {
            return aheadOf(record, clock);
        }
        return refusal;
    }

    /** An entry below that of the event before in its chain, unless it was left out. */
    private Anomaly fallenBehind(Arriving record, long[] clock, long[] before) {
        int size = Math.min(processes.size(), before.length);
        for (int k = 0; k < size; k++) {
            if (clock[k] < before[k]) {
                if (clock[k] != 0 || limits.isWholeExecution()) {
                    return regressed(record, k, clock[k], before[k], "follows");
                }
                leavesOut = true;
            }
        }
        return null;
    }

    /** An entry above that of the event after in its chain, unless that left it out. */
    private Anomaly aheadOf(Arriving record, long[] clock) {
        boolean isWhole = limits.isWholeExecution();
        for (int k = 0; k < processes.size(); k++) {
            if (clock[k] > neighbour[k] && (neighbour[k] != 0 || isWhole)) {
                return regressed(record, k, clock[k], neighbour[k], "precedes");
            }
        }
        return null;
    }

    /** As {@link #refusal}, of a record that was let pass before. */
    void readAgain() {
        leavesOut = true;
    }

    /**
     * Fills in what the event's process left out of the clock, since nothing had raised it for long: that of the event before
     * in its chain.
     *
     * @return whether the clock may have changed
     */
    boolean fillIn(int own, long counter, long[] clock) {
        long last = window.last()[own];
        if (!leavesOut || last == 0) {
            return false;
        }
        long[] before = window.latest(own);
        if (counter < last) {
            Chain chain = window.chain(own);
            chain.locate(counter);
            if (!chain.clockBefore(neighbour, processes.size())) {
                return false;
            }
            before = neighbour;
        }
        int size = Math.min(processes.size(), before.length);
        for (int k = 0; k < size; k++) {
            clock[k] = Math.max(clock[k], before[k]);
        }
        return true;
    }

    private Anomaly regressed(Arriving record, int process, long entry, long neighbouring, String how) {
        String name = processes.process(process).toString();
        return record.anomaly(
                Kind.CLOCK_REGRESSED,
                "A process has lost what it knew: process=" + record.event().process() + ", counter="
                        + record.counter() + ", " + name + "=" + entry + " " + how + " " + neighbouring
                        + "; a process's clock never falls",
                Map.of("entry", name, "neighbour", "" + neighbouring, "now", "" + entry));
    }

    /** A clock that runs too far ahead of all that were heard, or names too many processes; null if neither. */
    private Anomaly beyondLimits(Arriving record, int own, long[] clock, ClockScan scan) {
        for (int i = 0; scan.leaps() && i < scan.raisingCount(); i++) {
            int k = scan.raising(i);
            if (isTooFar(clock[k], marks.reached(k))) {
                int by = own < 0 ? Integer.MAX_VALUE : own;
                if (claimed[k] == 0 || claimant[k] == by || Math.abs(clock[k] - claimed[k]) > limits.maxClockJump()) {
                    claimed[k] = clock[k];
                    claimant[k] = by;
                    Rejection tooFar = Gateway.tooFar(
                            record.event(),
                            processes.process(k).toString(),
                            clock[k],
                            marks.reached(k),
                            limits.maxClockJump());
                    return record.anomaly(tooFar.kind(), tooFar.sentence(), tooFar.evidence());
                }
            }
        }
        int named = processes.named() + processes.unnamed();
        if (processes.unnamed() > 0 && named > limits.maxProcesses()) {
            return record.anomaly(
                    Kind.CLOCK_TOO_WIDE,
                    "The clocks together name too many processes: process="
                            + record.event().process() + ", counter=" + record.counter()
                            + ", processes=" + named + ", max-clock-width=" + limits.maxProcesses()
                            + "; raise --max-clock-width if this many are real",
                    Map.of("processes", "" + named));
        }
        return null;
    }

    /** Of a process of which nothing is known, any entry is believed. */
    private boolean isTooFar(long entry, long reached) {
        return reached > 0
                && entry - reached > limits.maxClockJump()
                && entry - reached - deleted > limits.maxClockJump();
    }

    private static Anomaly duplicate(Arriving record, Chain chain) {
        return record.anomaly(
                Kind.DUPLICATE,
                "An event stands in the log once more: event=" + record.dot() + ", " + placeOfFirst(record, chain)
                        + "; its content is the same, and it is counted once",
                first(record, chain));
    }

    private static Anomaly reused(Arriving record, Chain chain) {
        return record.anomaly(
                Kind.DOT_REUSED,
                "Two events have one dot: event=" + record.dot() + ", " + placeOfFirst(record, chain)
                        + "; the contents differ, and the first counts; a process uses its counters again",
                first(record, chain));
    }

    private static String placeOfFirst(Arriving record, Chain chain) {
        SourcePartition first = record.sources().named().get(chain.partition());
        return "first topic=" + first.topic() + ", first partition=" + first.partition() + ", first offset="
                + chain.offset();
    }

    private static Map<String, String> first(Arriving record, Chain chain) {
        SourcePartition first = record.sources().named().get(chain.partition());
        return Map.of(
                "firstTopic",
                first.topic(),
                "firstPartition",
                "" + first.partition(),
                "firstOffset",
                "" + chain.offset());
    }

    void write(FrontierWriter out) {
        out.number(deleted);
        for (int k = 0; k < processes.size(); k++) {
            out.number(claimed[k]);
            out.number(claimed[k] == 0 ? 0 : claimant[k]);
        }
    }

    void read(FrontierReader in) {
        deleted = in.number();
        makeRoom(processes.size());
        for (int k = 0; k < processes.size(); k++) {
            claimed[k] = in.number();
            claimant[k] = in.count();
        }
    }
}
