package io.antichain.benchmarks.engine;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.Arrays;
import java.util.Random;

/**
 * An endless log of one partition, written by processes that deliver most of the time: each step is one process's, which
 * with 70 % probability delivers up to twice as many records as there are processes, and else publishes. So each is behind
 * by a while, and nearly every event is in conflict. Memory: the records that somebody has not delivered.
 */
final class GeneratedLog implements EndlessLog {
    private static final double DELIVERING = 0.7;

    private final Random random;
    private final ProcessId[] processes;
    private final long[][] clocks;
    private final long[] positions;
    /** Clocks of the last records, by offset modulo the length, which is a power of two. */
    private long[][] recent = new long[1 << 12][];

    private long end;

    GeneratedLog(int processes, long seed) {
        this.random = new Random(seed);
        this.processes = new ProcessId[processes];
        Arrays.setAll(this.processes, EndlessLog::process);
        this.clocks = new long[processes][processes];
        this.positions = new long[processes];
    }

    @Override
    public Event next() {
        while (true) {
            int process = random.nextInt(processes.length);
            if (random.nextDouble() >= DELIVERING) {
                return publish(process);
            }
            deliver(process, 1 + random.nextInt(2 * processes.length));
        }
    }

    private Event publish(int process) {
        long[] clock = clocks[process];
        clock[process]++;
        long[] stamp = clock.clone();
        makeRoom();
        recent[(int) (end++ & recent.length - 1)] = stamp;
        return EndlessLog.message(processes[process], VectorClock.of(processes, stamp), stamp[process]);
    }

    private void deliver(int process, int most) {
        long[] clock = clocks[process];
        for (int n = most; n > 0 && positions[process] < end; n--) {
            long[] delivered = recent[(int) (positions[process]++ & recent.length - 1)];
            for (int k = 0; k < clock.length; k++) {
                clock[k] = Math.max(clock[k], delivered[k]);
            }
        }
    }

    private void makeRoom() {
        long oldest = end;
        for (int process = 0; process < processes.length; process++) {
            oldest = Math.min(oldest, positions[process]);
        }
        if (end - oldest == recent.length) {
            long[][] wider = new long[2 * recent.length][];
            for (long offset = oldest; offset < end; offset++) {
                wider[(int) (offset & wider.length - 1)] = recent[(int) (offset & recent.length - 1)];
            }
            recent = wider;
        }
    }
}
