package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import java.util.Arrays;

/**
 * One process's records in one partition: the unit in which counters rise, clocks never fall, and offsets agree with
 * happened-before. Holds the lane's unstable events and what its last record said.
 */
final class Lane {
    /** Beyond every offset. */
    static final long NONE = Long.MAX_VALUE;

    // Invariant: latest is the clock of the last record that counted, all zero before the first; it never falls.
    private final ProcessId process;
    private final int number;
    private final int partition;
    private final boolean optional;
    private final Window window;
    private final OffsetList refused = new OffsetList();

    private long[] latest = new long[4];
    private boolean heard;
    private boolean left;
    private boolean over;
    private boolean torn;
    private long firstOffset = NONE;

    /**
     * @param number the process's number
     * @param keyed whether events belong to keys
     * @param optional whether the process may publish in other partitions alone
     */
    Lane(ProcessId process, int number, int partition, boolean keyed, boolean optional) {
        this.optional = optional;
        this.process = process;
        this.number = number;
        this.partition = partition;
        this.window = new Window(keyed);
    }

    ProcessId process() {
        return process;
    }

    /** The process's number. */
    int number() {
        return number;
    }

    int partition() {
        return partition;
    }

    /** Whether nothing was heard, and nothing need ever be: the process publishes elsewhere. */
    boolean isElsewhere() {
        return optional && !heard;
    }

    /** The events that may still be concurrent with one to come. */
    Window window() {
        return window;
    }

    /** Whether a record was heard. */
    boolean heard() {
        return heard;
    }

    /** Whether the last record was a LEAVE. */
    boolean left() {
        return left;
    }

    /** Whether a later incarnation of the name was heard on the partition: nothing more comes from this one. */
    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Whether records after the last one heard are gone from the log, unread. */
    boolean torn() {
        return torn;
    }

    void tear() {
        torn = true;
    }

    /** How many events of {@code process} the lane's last record knew. */
    long latest(int process) {
        return process < latest.length ? latest[process] : 0;
    }

    /** The counter up to which the process had published when it wrote the last record. */
    long ownLatest() {
        return latest(number);
    }

    /** Whether both lanes' last records carry one clock. */
    boolean agreesWith(Lane other) {
        for (int k = 0; k < Math.max(latest.length, other.latest.length); k++) {
            if (latest(k) != other.latest(k)) {
                return false;
            }
        }
        return true;
    }

    /** Lowers each of {@code least} to what the lane's last record knew. */
    void lower(long[] least, int processes) {
        int heardOf = Math.min(processes, latest.length);
        for (int k = 0; k < heardOf; k++) {
            least[k] = Math.min(least[k], latest[k]);
        }
        Arrays.fill(least, heardOf, processes, 0);
    }

    /** A process of which this lane's last record knew more than {@code clock} does, or -1: then the clock has fallen. */
    int fallen(long[] clock) {
        int compared = Math.min(latest.length, clock.length);
        long fell = 0;
        for (int k = 0; k < compared; k++) {
            fell |= clock[k] - latest[k];
        }
        if (fell >= 0) {
            return -1;
        }
        int k = 0;
        while (clock[k] >= latest[k]) {
            k++;
        }
        return k;
    }

    /** Takes note of a record's clock, which has not {@link #fallen}. */
    void hear(long[] clock, int processes, boolean leave) {
        if (latest.length < processes) {
            latest = Arrays.copyOf(latest, Math.max(processes, 2 * latest.length));
        }
        System.arraycopy(clock, 0, latest, 0, processes);
        heard = true;
        left = leave;
        torn = false;
        firstOffset = NONE;
    }

    /** Takes note of a record that was refused, so that a replay of the window refuses it too. */
    void refuse(long offset) {
        if (window.length() > 0) {
            refused.add(offset);
        }
    }

    /** How many records stand in the window, refused ones included. */
    long held() {
        return window.length() + refused.size();
    }

    /** Forgets the first {@code count} events. */
    void drop(int count) {
        window.drop(count);
        firstOffset = NONE;
        refused.dropBelow(window.length() == 0 ? NONE : window.offset(0));
    }

    /** Whether a restored lane's window lacks the event at {@code offset}, which was there when the frontier was taken. */
    boolean lacks(long offset) {
        return offset >= firstOffset && !refused.contains(offset);
    }

    /** Everything but the window's events, which the log holds: of these, where they begin. */
    void write(FrontierWriter out) {
        out.flags(heard, left, over, torn);
        out.numbers(latest);
        out.number(window.length() == 0 ? NONE : window.offset(0));
        out.numbers(refused.toArray());
    }

    /** Takes over what {@link #write} wrote. */
    void read(FrontierReader in) {
        boolean[] flags = in.flags(4);
        heard = flags[0];
        left = flags[1];
        over = flags[2];
        torn = flags[3];
        latest = in.numbers();
        firstOffset = in.number();
        for (long offset : in.numbers()) {
            refused.add(offset);
        }
    }

    /** The offset of the first event of a restored lane's window; {@link #NONE} if it was empty. */
    long firstOffset() {
        return firstOffset;
    }
}
