package io.antichain.analyzer.order;

/**
 * What one pass over an arriving event's clock finds, by process number: where it tells something new, which chains have
 * events that it does not know, whether it falls behind the clock before it in its own chain, and whether it reaches all
 * low-water marks. Without branches, as what holds of one process says little of the next.
 */
final class ClockScan {
    private final long mostLeap;
    private int[] raising = new int[8];
    private int[] unknown = new int[8];
    private int raisingCount;
    private int unknownCount;
    private boolean fallsBehind;
    private boolean reachesMarks;
    private boolean leaps;

    ClockScan(EngineLimits limits) {
        this.mostLeap = limits.maxClockJump();
    }

    /**
     * Looks through the clock.
     *
     * @param own the event's process, negative if it has no number yet
     * @param size how many processes there are
     * @param before the clock of the last event of its chain; null if there is none
     */
    void pass(long[] clock, int own, int size, long[] before, Marks marks, Window window) {
        if (raising.length < size) {
            raising = new int[2 * size];
            unknown = new int[2 * size];
        }
        long[] heard = marks.heard();
        long[] low = marks.low();
        long[] last = window.last();
        int raised = 0;
        int ahead = 0;
        long below = 0;
        long leaping = 0;
        for (int k = 0; k < size; k++) {
            long entry = clock[k];
            raising[raised] = k;
            raised += (int) ((heard[k] - entry) >>> 63);
            unknown[ahead] = k;
            ahead += (int) ((entry - last[k]) >>> 63);
            below += (entry - low[k]) >>> 63;
            leaping |= mostLeap - (entry - heard[k]);
        }
        raisingCount = raised;
        unknownCount = ahead;
        reachesMarks = below == (own < 0 ? 0 : (clock[own] - low[own]) >>> 63);
        leaps = leaping < 0;
        fallsBehind = before != null && fallsBehind(clock, before, Math.min(size, before.length));
    }

    private static boolean fallsBehind(long[] clock, long[] before, int size) {
        long fallen = 0;
        for (int k = 0; k < size; k++) {
            fallen |= clock[k] - before[k];
        }
        return fallen < 0;
    }

    /** How many processes there are of which the clock knows more than any clock of another process before; or its own. */
    int raisingCount() {
        return raisingCount;
    }

    int raising(int index) {
        return raising[index];
    }

    /** How many processes there are that have an event held with a counter above the clock's entry; or its own. */
    int unknownCount() {
        return unknownCount;
    }

    int unknown(int index) {
        return unknown[index];
    }

    /** Whether an entry is below that of the last event of its chain. */
    boolean fallsBehind() {
        return fallsBehind;
    }

    /** Whether an entry is more than {@link EngineLimits#maxClockJump} above what others' clocks had for it. */
    boolean leaps() {
        return leaps;
    }

    /** Whether every entry but its own is at least the process's low-water mark. */
    boolean reachesMarks() {
        return reachesMarks;
    }
}
