package io.antichain.benchmarks.clocks;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.util.List;
import java.util.Random;

/** Pairs of clocks, those of pair i at 2i and 2i + 1, and the same ones in each library's own form. */
final class ClockPairs {
    private static final long LAMPORT = 1_000_000;

    final VectorClock[] ours;
    final org.apache.pekko.cluster.VectorClock[] pekko;
    final com.hazelcast.cluster.impl.VectorClock[] hazelcast;
    private int next;

    /** Draws a pair for each relation. */
    ClockPairs(List<PairKind> relations, int size, Random random) {
        int clocks = 2 * relations.size();
        ours = new VectorClock[clocks];
        pekko = new org.apache.pekko.cluster.VectorClock[clocks];
        hazelcast = new com.hazelcast.cluster.impl.VectorClock[clocks];
        for (int i = 0; i < clocks; i += 2) {
            ClockPair pair = ClockPair.drawn(relations.get(i / 2), size, random);
            long[][] entries = {pair.first(), pair.second()};
            for (int side = 0; side < 2; side++) {
                ours[i + side] = ClockPair.ours(entries[side]);
                pekko[i + side] = ClockPair.pekko(entries[side]);
                hazelcast[i + side] = ClockPair.hazelcast(entries[side]);
            }
        }
    }

    /** Of each clock of ours, the stamp of the last event of one of its processes: of four pairs the same. */
    Stamp[] stamps() {
        Stamp[] stamps = new Stamp[ours.length];
        for (int i = 0; i < stamps.length; i++) {
            List<ProcessId> processes = List.copyOf(ours[i].entries().keySet());
            ProcessId process = processes.get(i / 8 % processes.size());
            stamps[i] = new Stamp(new Dot(process, ours[i].get(process)), ours[i], new LamportTimestamp(LAMPORT + i));
        }
        return stamps;
    }

    /** The index of the first clock of the pair whose turn it is. */
    int turn() {
        next = next + 2 < ours.length ? next + 2 : 0;
        return next;
    }
}
