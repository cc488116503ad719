package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * The newest events, each held for as many arrivals, as long, and as far as the limits allow: a {@link Chain} for each
 * process, and the order of their arrival.
 *
 * <p>Memory an event held, with rows of single bytes: 32 bytes, 1 for each process, and 8 for each process shared by up to
 * 64 events; besides 8 bytes for each pair of processes.
 */
final class Window {
    private static final int RECENT = 8;

    private final long window;
    private final long windowMs;
    private final long windowBytes;
    private final ChunkPool pool = new ChunkPool();
    private final Arrivals arrivals;

    // By process number. Invariants: last and tail are those of the chain's counters, 0 where nothing is held; latest
    // is
    // the clock of the chain's last event, so no entry of the chain is above it.
    private Chain[] chains = new Chain[8];
    private long[] last = new long[8];
    private long[] tail = new long[8];
    private long[][] latest = new long[8][];
    /** Where the last few events of a process stand, {@link #RECENT} slots each, an event's by its counter. */
    private int[] recentPartitions = new int[8 * RECENT];

    private long[] recentOffsets = new long[8 * RECENT];
    /** From this counter on the slots are those of the chain's events. */
    private long[] recentFrom = new long[8];

    private long latestBytes;
    private long besidesBytes;

    /** @param keyed whether events have keys */
    Window(EngineLimits limits, boolean keyed) {
        this.window = limits.window();
        this.windowMs = limits.windowMs();
        this.windowBytes = limits.windowBytes();
        this.arrivals = new Arrivals(keyed);
    }

    /** Makes room for so many processes. */
    void makeRoom(int processes) {
        if (chains.length < processes) {
            int capacity = Math.max(processes, chains.length * 3 / 2);
            chains = Arrays.copyOf(chains, capacity);
            last = Arrays.copyOf(last, capacity);
            tail = Arrays.copyOf(tail, capacity);
            latest = Arrays.copyOf(latest, capacity);
            recentPartitions = Arrays.copyOf(recentPartitions, capacity * RECENT);
            recentOffsets = Arrays.copyOf(recentOffsets, capacity * RECENT);
            recentFrom = Arrays.copyOf(recentFrom, capacity);
            besidesBytes = latestBytes + (32L + 12L * RECENT) * capacity;
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
            chains[process] = new Chain(pool);
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

    private static int slot(int process, long counter) {
        return process * RECENT + (int) (counter & (RECENT - 1));
    }

    /** Sets the place to that of an event held. */
    void findPlace(int process, long counter, Row place) {
        if (counter >= recentFrom[process]) {
            int slot = slot(process, counter);
            place.partition = recentPartitions[slot];
            place.offset = recentOffsets[slot];
        } else {
            Chain chain = chains[process];
            chain.locate(counter);
            place.partition = chain.partition();
            place.offset = chain.offset();
        }
    }

    long size() {
        return arrivals.size();
    }

    /** Log time of the oldest event held, which there is. */
    long beganMs() {
        return arrivals.timeMs();
    }

    /** The bytes that the held events take. */
    long bytes() {
        return pool.bytes() + arrivals.bytes() + besidesBytes;
    }

    /**
     * Takes in an event.
     *
     * @param key its key's history, null if it has none
     */
    void add(int process, Row row, long[] clock, int processes, long timeMs, KeyHistory key) {
        Chain chain = chain(process);
        chain.insert(row, clock, processes);
        arrivals.add(process, row.counter, timeMs, key);
        if (row.counter > last[process]) {
            setLatest(process, clock, processes);
            last[process] = row.counter;
            recentFrom[process] = Math.max(recentFrom[process], row.counter - RECENT + 1);
        }
        if (row.counter >= recentFrom[process]) {
            int slot = slot(process, row.counter);
            recentPartitions[slot] = row.partition;
            recentOffsets[slot] = row.offset;
        }
        tail[process] = chain.counters().tail();
    }

    private void setLatest(int process, long[] clock, int processes) {
        if (latest[process] == null || latest[process].length < processes) {
            long before = latest[process] == null ? 0 : 8L * latest[process].length;
            latest[process] = new long[Math.max(processes, last.length)];
            latestBytes += 8L * latest[process].length - before;
            besidesBytes += 8L * latest[process].length - before;
        }
        System.arraycopy(clock, 0, latest[process], 0, processes);
        Arrays.fill(latest[process], processes, latest[process].length, 0);
    }

    /** Whether the oldest event has been held for as long as it may, at this log time. */
    boolean isOld(long nowMs) {
        return arrivals.size() > 0 && nowMs - arrivals.timeMs() > windowMs;
    }

    /**
     * Whether more is held than may be.
     *
     * @param keysBytes what else its events take
     */
    boolean isFull(long keysBytes) {
        long size = arrivals.size();
        return size > window || (size > 1 && bytes() + keysBytes > windowBytes);
    }

    /** Process, counter and key of the oldest event, which there is. */
    int oldestProcess() {
        return arrivals.process();
    }

    long oldestCounter() {
        return arrivals.counter();
    }

    KeyHistory oldestKey() {
        return arrivals.key();
    }

    void dropOldest(int processes) {
        int process = arrivals.process();
        long counter = arrivals.counter();
        arrivals.removeOldest();
        Chain chain = chains[process];
        chain.remove(counter);
        Intervals counters = chain.counters();
        if (counter == last[process] && !chain.isEmpty()) {
            chain.lastClock(latest[process], Math.min(processes, latest[process].length));
            recentFrom[process] = counter + 1; // slots of those before it are overwritten
        }
        last[process] = counters.last();
        tail[process] = counters.tail();
    }

    /** Forgets a process that has no event: no clock names it any more. */
    void forget(int process) {
        for (int k = 0; k < chains.length; k++) {
            if (chains[k] != null) {
                chains[k].forget(process);
            }
            if (latest[k] != null && process < latest[k].length) {
                latest[k][process] = 0;
            }
        }
    }

    /** Tells of each event held, the oldest first. */
    void forEach(Arrivals.Visitor visitor) {
        arrivals.forEach(visitor);
    }
}
