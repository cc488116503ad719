package io.antichain.benchmarks.clocks;

import io.antichain.clocks.ProcessId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;

/**
 * The entries of two clocks that stand in a chosen relation, and the same two clocks in each library's own form. Nothing is
 * shared between the two on purpose: each is made as if decoded from a record of its own.
 */
record ClockPair(long[] first, long[] second) {
    private static final int MAGNITUDES = 18;

    static ClockPair drawn(PairKind relation, int size, Random random) {
        long[] first = new long[size];
        // Some processes have published for longer than others: their counters take one, two or three bytes.
        Arrays.setAll(first, i -> (1L << i % MAGNITUDES) + random.nextInt(40));
        long[] second = first.clone();
        int changes = Math.max(1, size / 4);
        boolean concurrent = relation == PairKind.CONCURRENT || relation == PairKind.CONCURRENT_WIDER;
        for (int i = 0; i < changes && relation != PairKind.EQUAL; i++) {
            int higher = random.nextInt(size);
            second[higher]++;
            if (concurrent) {
                first[(higher + 1 + random.nextInt(size - 1)) % size] += changes + 1;
            }
        }
        int unknown = random.nextInt(size);
        if (relation == PairKind.BEFORE_WIDER || relation == PairKind.CONCURRENT_WIDER) {
            first[unknown] = 0;
        }
        if (relation == PairKind.CONCURRENT_WIDER) {
            second[(unknown + 1) % size] = 0;
        }
        return new ClockPair(first, second);
    }

    static io.antichain.clocks.VectorClock ours(long[] entries) {
        ProcessId[] processes = new ProcessId[entries.length];
        Arrays.setAll(processes, i -> ProcessId.of(name(i)));
        return io.antichain.clocks.VectorClock.of(processes, entries);
    }

    static org.apache.pekko.cluster.VectorClock pekko(long[] entries) {
        var versions = org.apache.pekko.cluster.VectorClock.apply$default$1();
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] > 0) {
                versions = versions.updated(pekkoNode(name(i)), entries[i]);
            }
        }
        return org.apache.pekko.cluster.VectorClock.apply(versions);
    }

    static com.hazelcast.cluster.impl.VectorClock hazelcast(long[] entries) {
        var clock = new com.hazelcast.cluster.impl.VectorClock();
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] > 0) {
                clock.setReplicaTimestamp(hazelcastReplica(name(i)), entries[i]);
            }
        }
        return clock;
    }

    /** A new string every time, as a decoder makes it. */
    static String name(int process) {
        return "node-" + (process + 1);
    }

    static String pekkoNode(String name) {
        return org.apache.pekko.cluster.VectorClock.Node$.MODULE$.apply(name);
    }

    static UUID hazelcastReplica(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
