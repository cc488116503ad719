package io.antichain.benchmarks.engine;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.Arrays;
import java.util.Random;

/**
 * An endless log in bursts: all processes publish, in any order, so many messages each, and deliver none meanwhile; then everybody
 * delivers everything. Without bursts each message knows all that came before.
 */
final class BurstLog implements EndlessLog {
    private final int burst;
    private final Random random;
    private final ProcessId[] processes;
    /** What everybody has delivered. */
    private final long[] known;
    /** Of each process. */
    private final long[] published;

    private int leftInBurst;

    /** @param burst how many messages each process publishes at once; 0: it publishes one by one */
    BurstLog(int processes, int burst, long seed) {
        this.burst = burst;
        this.random = new Random(seed);
        this.processes = new ProcessId[processes];
        Arrays.setAll(this.processes, EndlessLog::process);
        this.known = new long[processes];
        this.published = new long[processes];
    }

    @Override
    public Event next() {
        if (leftInBurst == 0) {
            System.arraycopy(published, 0, known, 0, known.length);
            leftInBurst = Math.max(1, burst * processes.length);
        }
        leftInBurst--;
        int process = random.nextInt(processes.length);
        long[] stamp = known.clone();
        stamp[process] = ++published[process];
        return EndlessLog.message(processes[process], VectorClock.of(processes, stamp), stamp[process]);
    }
}
