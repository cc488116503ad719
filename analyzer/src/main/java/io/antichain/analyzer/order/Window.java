package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The newest events, each held for as many arrivals, as long, and as far as the limits allow: a {@link Chain} for each
 * process, and the order of their arrival.
 *
 * <p>Memory: see {@link Rows} and {@link Chain}; besides 8 bytes for each pair of processes.
 */
final class Window {
    private final long window;
    private final long windowMs;
    private final long windowBytes;
    private final Rows rows;

    // By process number. Invariants: last and tail are those of the chain's counters, 0 where nothing is held;
    // latest is the clock of the chain's last event, so no entry of the chain is above it.
    private Chain[] chains = new Chain[8];
    private long[] last = new long[8];
    private long[] tail = new long[8];
    private long[][] latest = new long[8][];
    private long arraysBytes;
    private long latestBytes;
    private long chainsBytes;

    /** @param keyed whether events have keys */
    Window(EngineLimits limits, boolean keyed) {
        this.window = limits.window();
        this.windowMs = limits.windowMs();
        this.windowBytes = limits.windowBytes();
        this.rows = new Rows(keyed);
    }

    /** Makes room for so many processes. */
    void makeRoom(int processes) {
        if (chains.length < processes) {
            int capacity = Math.max(processes, chains.length * 3 / 2);
            chains = Arrays.copyOf(chains, capacity);
            last = Arrays.copyOf(last, capacity);
            tail = Arrays.copyOf(tail, capacity);
            latest = Arrays.copyOf(latest, capacity);
            arraysBytes = 32L * capacity;
        }
    }

    /** By process: the greatest counter held, 0 if none is. */
    long[] last() {
        return last;
    }

    /** By process: where the chain's last stretch of consecutive counters begins. */
    long[] tail() {
        return tail;
    }

    /** The chain of a process that was given room. */
    Chain chain(int process) {
        if (chains[process] == null) {
            chains[process] = new Chain(rows);
        }
        return chains[process];
    }

    /** The clock of the last event of a process that has one; entries beyond the array's end are 0. */
    long[] latest(int process) {
        return latest[process];
    }

    /** What the last event of {@code process}, which has one, knew of another process. */
    long latest(int process, int other) {
        long[] clock = latest[process];
        return other < clock.length ? clock[other] : 0;
    }

    long size() {
        return rows.size();
    }

    /** Log time of the oldest event held, which there is. */
    long beganMs() {
        return rows.timeMs(rows.oldest());
    }

    /** The bytes that the held events take. */
    long bytes() {
        return rows.bytes() + chainsBytes + latestBytes + arraysBytes;
    }

    /**
     * Takes in an event.
     *
     * @return the number of its row
     */
    int add(int process, Row row, long[] clock, int processes, long timeMs) {
        Chain chain = chain(process);
        chainsBytes -= chain.bytes();
        int added = chain.add(process, row, clock, processes, timeMs);
        chainsBytes += chain.bytes();
        if (row.counter > last[process]) {
            setLatest(process, clock, processes);
            last[process] = row.counter;
        }
        tail[process] = chain.counters().tail();
        return added;
    }

    private void setLatest(int process, long[] clock, int processes) {
        if (latest[process] == null || latest[process].length < processes) {
            long before = latest[process] == null ? 0 : 8L * latest[process].length;
            latest[process] = new long[Math.max(processes, last.length)];
            latestBytes += 8L * latest[process].length - before;
        }
        System.arraycopy(clock, 0, latest[process], 0, processes);
        Arrays.fill(latest[process], processes, latest[process].length, 0);
    }

    /** Whether the oldest event has been held for as long as it may, at this log time. */
    boolean isOld(long nowMs) {
        return rows.size() > 0 && nowMs - beganMs() > windowMs;
    }

    /**
     * Whether more is held than may be.
     *
     * @param keysBytes what else its events take
     */
    boolean isFull(long keysBytes) {
        long size = rows.size();
        return size > window || (size > 1 && bytes() + keysBytes > windowBytes);
    }

    /** Drops the oldest event, which there is, of this process and with this counter. */
    void dropOldest(int process, long counter, int processes) {
        Chain chain = chains[process];
        chain.remove(counter);
        rows.removeOldest();
        Intervals counters = chain.counters();
        if (counter == last[process] && !chain.isEmpty()) {
            chain.lastClock(latest[process], Math.min(processes, latest[process].length));
        }
        last[process] = counters.last();
        tail[process] = counters.tail();
    }

    /** Forgets a process that has no event: no clock names it any more. */
    void forget(int process) {
        rows.forget(process);
        for (int k = 0; k < latest.length; k++) {
            if (latest[k] != null && process < latest[k].length) {
                latest[k][process] = 0;
            }
        }
    }

    /** The rows of the events held. */
    Rows rows() {
        return rows;
    }
}
