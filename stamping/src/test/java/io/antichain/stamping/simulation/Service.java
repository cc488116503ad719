package io.antichain.stamping.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service: instances that share the partitions it reads, and what they have committed. */
final class Service {
    /**
     * A committed offset.
     *
     * @param known numbers of the events that whoever committed it knew then: the truth, not the clocks
     */
    record Committed(long offset, String metadata, BitSet known) {}

    final List<Integer> partitions;
    final List<Integer> outputs;
    final List<Instance> instances = new ArrayList<>();
    private final Map<Integer, Committed> committed = new HashMap<>();

    Service(List<Integer> partitions, List<Integer> outputs) {
        this.partitions = partitions;
        this.outputs = outputs;
    }

    Optional<Committed> committed(int partition) {
        return Optional.ofNullable(committed.get(partition));
    }

    void commit(int partition, Committed offset) {
        committed.put(partition, offset);
    }
}
