package io.antichain.analyzer.order;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * What is known of each process beyond the events held: how far it has been seen and heard of, and its low-water mark, which
 * is the greatest counter that was dropped, or that stood before the log's beginning.
 *
 * <p>Where retention deleted records that were never read, nobody can say what they were: until the time is over that {@link
 * EngineLimits#forgetMs} gives, no event is complete.
 */
final class Marks {
    private static final long NEVER = -1;

    // By process number; 0 where nothing is known. Invariant: low = max(dropped, least - 1).
    private long[] low = new long[8];
    private long[] dropped = new long[8];
    /** The least counter ever held. */
    private long[] least = new long[8];
    /** The greatest counter ever held. */
    private long[] seen = new long[8];
    /** The greatest entry for the process in a clock of any other process. */
    private long[] heard = new long[8];
    /** Log time of its last event; of its naming before the first. */
    private long[] activeMs = new long[8];

    /** Those without an event for so long that their past was forgotten: how many events had arrived when a stamp named it. */
    private final TreeMap<Integer, Long> forgotten = new TreeMap<>();

    private final boolean beginsAtFirst;
    /** Log time of the first record after some that were deleted unread; {@link #NEVER} if there is none. */
    private long tornMs = NEVER;

    /** @param beginsAtFirst whether nothing stood before the first record */
    Marks(boolean beginsAtFirst) {
        this.beginsAtFirst = beginsAtFirst;
    }

    void makeRoom(int processes) {
        if (low.length < processes) {
            int capacity = Math.max(processes, low.length * 3 / 2);
            low = Arrays.copyOf(low, capacity);
            dropped = Arrays.copyOf(dropped, capacity);
            least = Arrays.copyOf(least, capacity);
            seen = Arrays.copyOf(seen, capacity);
            heard = Arrays.copyOf(heard, capacity);
            activeMs = Arrays.copyOf(activeMs, capacity);
        }
    }

    /** By process: the greatest entry for it in a clock of any other process. */
    long[] heard() {
        return heard;
    }

    /** By process: the greatest counter ever held. */
    long[] seen() {
        return seen;
    }

    /** How far the process is known to have come, by its own events or by others' clocks. */
    long reached(int process) {
        return Math.max(heard[process], seen[process]);
    }

    /** By process: the low-water mark. */
    long[] low() {
        return low;
    }

    long activeMs(int process) {
        return activeMs[process];
    }

    /** The process has a name; if it is a new one, its time begins. */
    void begin(int process, long nowMs) {
        if (activeMs[process] == 0) {
            activeMs[process] = nowMs;
        }
    }

    /** An event of the process was taken in. */
    void held(int process, long counter, long nowMs) {
        if (least[process] == 0 || counter < least[process]) {
            least[process] = counter;
            low[process] = beginsAtFirst ? 0 : Math.max(dropped[process], counter - 1);
        }
        seen[process] = Math.max(seen[process], counter);
        forgotten.remove(process);
        activeMs[process] = Math.max(activeMs[process], nowMs);
    }

    /** The process has no event up to {@code counter} any more that others are compared with, but those held. */
    void dropped(int process, long counter) {
        if (counter > dropped[process]) {
            dropped[process] = counter;
            low[process] = Math.max(low[process], counter);
        }
    }

    /** Records were deleted unread. */
    void torn(long nowMs) {
        tornMs = nowMs;
    }

    /**
     * Of the events held, those at the beginning of the log were lost: what is not held of those that were seen counts as
     * dropped.
     */
    void lost(Window window, int processes) {
        for (int k = 0; k < processes; k++) {
            dropped(k, window.last()[k] == seen[k] ? window.tail()[k] - 1 : seen[k]);
        }
    }

    /** Whether nothing was deleted unread for as long as that is remembered. */
    boolean isWhole() {
        return tornMs == NEVER;
    }

    /** Takes note of which of those whose past was forgotten a stamp names. */
    void named(long[] stamp, long arrived) {
        if (!forgotten.isEmpty()) {
            forgotten.replaceAll((process, at) -> stamp[process] > 0 ? arrived : at);
        }
    }

    /** Whether a stamp named the process, whose past was forgotten, when so many events had arrived, or later. */
    boolean isNamedSince(int process, long arrived) {
        return forgotten.get(process) >= arrived;
    }

    /** Nothing is known of the process's past any more, but that clocks may have named it up to now. */
    void forgetPast(int process, long arrived) {
        forgotten.putIfAbsent(process, arrived);
        low[process] = 0;
        dropped[process] = 0;
        least[process] = 0;
    }

    /** Nothing is known of the process any more: its number may be given to another. */
    void forget(int process) {
        forgotten.remove(process);
        seen[process] = 0;
        heard[process] = 0;
        activeMs[process] = 0;
    }

    /** What was deleted before {@code beforeMs} is not looked for any more. */
    void forgetDeleted(long beforeMs) {
        tornMs = tornMs < beforeMs ? NEVER : tornMs;
    }

    void write(FrontierWriter out) {
        out.numbers(dropped);
        out.numbers(least);
        out.numbers(seen);
        out.numbers(heard);
        out.numbers(activeMs);
        out.number(forgotten.size());
        forgotten.forEach((process, at) -> {
            out.number(process);
            out.number(at);
        });
        out.number(tornMs);
    }

    void read(FrontierReader in, int processes) {
        makeRoom(processes);
        fill(dropped, in.numbers());
        fill(least, in.numbers());
        fill(seen, in.numbers());
        fill(heard, in.numbers());
        fill(activeMs, in.numbers());
        for (int count = in.count(); count > 0; count--) {
            forgotten.put(in.count(), in.number());
        }
        for (int k = 0; k < processes; k++) {
            low[k] = Math.max(dropped[k], least[k] - 1);
        }
        tornMs = in.number();
    }

    private static void fill(long[] to, long[] from) {
        System.arraycopy(from, 0, to, 0, from.length);
    }
}
