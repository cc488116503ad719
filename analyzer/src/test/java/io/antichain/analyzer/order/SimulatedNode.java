package io.antichain.analyzer.order;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One process of a simulated execution, by the rules of a node: what it did and delivered, and what it has committed. */
final class SimulatedNode {
    /** Where it is in its life. */
    enum Stage {
        JOINING,
        JOINED,
        LEFT,
        DEAD
    }

    /** What a checkpoint holds; {@code past} is the truth beside it: the events that really influenced the process. */
    record Knowledge(VectorClock clock, long counter, long[] positions, BitSet past) {
        Knowledge copy() {
            return new Knowledge(clock, counter, positions.clone(), (BitSet) past.clone());
        }
    }

    final ProcessId process;
    final double[] speeds;
    Stage stage = Stage.JOINING;
    Knowledge knows;
    Knowledge committed;
    /** Whether the checkpoint says that everything before the announcement is delivered. */
    boolean committedJoined;

    LamportTimestamp lamport = LamportTimestamp.ZERO;
    /** What is being written to every partition, and to which it still must be. */
    Kind sending = Kind.HEARTBEAT;

    final List<Integer> unsent = new ArrayList<>();
    /** Where the announcement stands in each partition: everything before it is delivered before anything is published. */
    long[] barrier = {};

    SimulatedNode(ProcessId process, double[] speeds) {
        this.process = process;
        this.speeds = speeds;
        this.knows = new Knowledge(VectorClock.empty(), 0, new long[speeds.length], new BitSet());
        this.committed = knows.copy();
    }

    boolean isSending() {
        return !unsent.isEmpty();
    }

    void commit() {
        committed = knows.copy();
        committedJoined = stage == Stage.JOINED;
    }

    boolean hasPassedBarrier() {
        for (int partition = 0; partition < barrier.length; partition++) {
            if (knows.positions()[partition] < barrier[partition]) {
                return false;
            }
        }
        return true;
    }
}
