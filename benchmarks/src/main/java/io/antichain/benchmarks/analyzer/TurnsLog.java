package io.antichain.benchmarks.analyzer;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * An endless log of processes that deliver everything before they publish, but for a given share of the events: their
 * processes have not delivered the event before, of another process, which they are therefore concurrent with.
 */
final class TurnsLog {
    private static final String PAYLOAD = "seats: 2, row: 17, holder: somebody";

    private final Random random;
    private final double share;
    private final int keys;
    private final ProcessId[] processes;
    private final long[][] known;
    private final long[] all;
    private int last = -1;
    private int lastKey;

    /**
     * @param share of the events that are in conflict, 0 to 1
     * @param keys how many keys there are; an event in conflict has the key of the event before
     */
    TurnsLog(int processes, double share, int keys, long seed) {
        this.random = new Random(seed);
        this.share = share;
        this.keys = keys;
        this.processes = new ProcessId[processes];
        Arrays.setAll(this.processes, i -> ProcessId.of("node-" + (i + 1)));
        this.known = new long[processes][processes];
        this.all = new long[processes];
    }

    Event next() {
        boolean conflicting = last >= 0 && random.nextDouble() < share;
        int process = random.nextInt(processes.length);
        if (conflicting && process == last) {
            process = (process + 1) % processes.length;
        }
        long[] clock = known[process];
        long unseen = conflicting ? Math.max(clock[last], all[last] - 1) : -1;
        System.arraycopy(all, 0, clock, 0, all.length);
        if (conflicting) {
            clock[last] = unseen;
        }
        clock[process]++;
        all[process] = clock[process];
        int key = conflicting ? lastKey : random.nextInt(keys);
        lastKey = key;
        last = process;
        return event(process, clock[process], Optional.of("seat-" + key));
    }

    private Event event(int process, long counter, Optional<String> key) {
        return new Event(
                processes[process],
                counter,
                Optional.of(VectorClock.of(processes, known[process].clone())),
                new LamportTimestamp(counter),
                key,
                PAYLOAD,
                0,
                Kind.MESSAGE);
    }
}
