package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds, for each arriving event, every earlier-arrived event that is concurrent with it.
 *
 * <p>The unit is the {@link Lane}: one process's records in one partition. Along a lane counters rise and clocks never
 * fall. So for an event f of process j, and a lane of another process i:
 *
 * <ol>
 *   <li>the lane's events that happened before f are those with a counter ≤ clock(f)[i]: a prefix;
 *   <li>the lane's events that f happened before are those whose entry for j is ≥ counter(f): a suffix;
 *   <li>what lies between is concurrent with f: one contiguous run, found with two binary searches.
 * </ol>
 *
 * <p>Records of different lanes may arrive in any interleaving, effects before their causes included; the records of one
 * lane must arrive in offset order. Each unordered pair of concurrent events is reported once, when the later-arrived of
 * the two arrives. Two events of one process are never concurrent.
 *
 * <p>Cost of an event: O(lanes · log events in a lane), whatever its clock. Memory: 8 · (processes + 3) bytes an event.
 */
public final class OrderEngine {
    private final int[] partitions;
    private final Map<Integer, Integer> partitionIndexes = new HashMap<>();
    private final ProcessTable processes = new ProcessTable();
    /** By process number, then by partition index; null for a process that was named in clocks but not heard. */
    private final List<Lane[]> lanes = new ArrayList<>();

    /** An engine that has heard nothing, over exactly these partitions. */
    public OrderEngine(int... partitions) {
        this.partitions = partitions.clone();
        for (int index = 0; index < partitions.length; index++) {
            partitionIndexes.put(partitions[index], index);
        }
    }

    /**
     * Takes the next record of a partition.
     *
     * @param event a record that the gateway has let pass: it has a vector clock, whose own entry is the counter
     * @param partition one of the engine's partitions
     * @param offset above that of the lane's record before
     */
    public Outcome arrive(Event event, int partition, long offset) {
        VectorClock vectorClock = event.clock().orElseThrow();
        int own = processes.indexOf(event.process());
        long[] clock = processes.dense(vectorClock);
        Lane lane = lane(own, partition);
        boolean isEvent = event.kind() == Event.Kind.MESSAGE;
        Optional<Anomaly> refusal = isEvent ? doubtIdentity(event, lane, partition, offset) : Optional.empty();
        if (refusal.isEmpty()) {
            refusal = doubtClock(event, clock, lane, partition, offset);
        }
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        lane.hear(clock, processes.size(), event.kind() == Event.Kind.LEAVE);
        if (!isEvent) {
            return new Outcome.NoEvent();
        }
        List<Run> runs = runsBesides(own, event.counter(), clock);
        lane.append(event.counter(), offset, fingerprint(event), clock, processes.size());
        return new Outcome.Placed(reference(event, partition, offset), runs);
    }

    /** Every process that was heard, with the counter of its last event (0 before the first). */
    public Map<ProcessId, Long> heard() {
        Map<ProcessId, Long> heard = new HashMap<>();
        for (int process = 0; process < lanes.size(); process++) {
            for (Lane lane : lanes.get(process) == null ? new Lane[0] : lanes.get(process)) {
                heard.merge(processes.process(process), lane.lastCounter(), Math::max);
            }
        }
        return heard;
    }

    /** How many events are held. */
    public long open() {
        long open = 0;
        for (Lane[] ofProcess : lanes) {
            for (Lane lane : ofProcess == null ? new Lane[0] : ofProcess) {
                open += lane.size();
            }
        }
        return open;
    }

    private List<Run> runsBesides(int own, long counter, long[] clock) {
        List<Run> runs = new ArrayList<>(0);
        for (int process = 0; process < lanes.size(); process++) {
            Lane[] ofProcess = lanes.get(process);
            if (process == own || ofProcess == null) {
                continue;
            }
            for (Lane lane : ofProcess) {
                if (lane.lastCounter() > clock[process]) {
                    addRun(runs, lane, own, counter, clock[process]);
                }
            }
        }
        return runs;
    }

    private void addRun(List<Run> runs, Lane lane, int own, long counter, long known) {
        int first = lane.firstAbove(known);
        int end = lane.firstThatKnew(own, counter);
        if (first < end) {
            int last = end - 1;
            runs.add(new Run(
                    processes.process(lane.process),
                    lane.partition,
                    lane.counter(first),
                    lane.counter(last),
                    lane.offset(first),
                    lane.offset(last),
                    end - first,
                    lane.entry(last, own)));
        }
    }

    private Optional<Anomaly> doubtIdentity(Event event, Lane lane, int partition, long offset) {
        for (Lane other : lanes.get(lane.process)) {
            int index = other.find(event.counter());
            if (index >= 0) {
                boolean same = other.fingerprint(index) == fingerprint(event);
                return anomaly(
                        same ? Anomaly.Kind.DUPLICATE : Anomaly.Kind.DOT_REUSED,
                        same
                                ? "An event stands in the log once: event=" + event.dot()
                                        + " was read before at offset " + other.offset(index)
                                        + " with the same content; it is dropped"
                                : "A dot names one event: event=" + event.dot() + " was read before at offset "
                                        + other.offset(index) + " with other content; a process reuses its counters",
                        Map.of("firstPartition", "" + other.partition, "firstOffset", "" + other.offset(index)),
                        event,
                        partition,
                        offset);
            }
        }
        if (event.counter() < lane.lastCounter()) {
            return anomaly(
                    Anomaly.Kind.COUNTER_REGRESSED,
                    "Counters rise along a partition: event=" + event.dot() + " follows counter " + lane.lastCounter()
                            + "; two programs may publish under one process name",
                    Map.of("lastCounter", "" + lane.lastCounter()),
                    event,
                    partition,
                    offset);
        }
        return Optional.empty();
    }

    private Optional<Anomaly> doubtClock(Event event, long[] clock, Lane lane, int partition, long offset) {
        int fallen = lane.fallen(clock);
        if (fallen < 0) {
            return Optional.empty();
        }
        ProcessId process = processes.process(fallen);
        return anomaly(
                Anomaly.Kind.CLOCK_REGRESSED,
                "A process's clock never falls: process=" + event.process() + ", counter=" + event.counter() + ", "
                        + process + "=" + clock[fallen] + " follows " + lane.latest(fallen)
                        + "; the process has lost what it knew",
                Map.of("entry", process.toString(), "before", "" + lane.latest(fallen), "now", "" + clock[fallen]),
                event,
                partition,
                offset);
    }

    private static Optional<Anomaly> anomaly(
            Anomaly.Kind kind, String sentence, Map<String, String> evidence, Event event, int partition, long offset) {
        Optional<EventRef> reference =
                event.counter() == 0 ? Optional.empty() : Optional.of(reference(event, partition, offset));
        return Optional.of(new Anomaly(kind, reference, sentence, evidence));
    }

    private Lane lane(int process, int partition) {
        Integer index = partitionIndexes.get(partition);
        if (index == null) {
            throw new IllegalArgumentException("An engine reads a fixed set of partitions: partition=" + partition
                    + ", partitions=" + Arrays.toString(partitions));
        }
        while (lanes.size() < processes.size()) {
            lanes.add(null);
        }
        if (lanes.get(process) == null) {
            Lane[] ofProcess = new Lane[partitions.length];
            Arrays.setAll(ofProcess, i -> new Lane(process, partitions[i]));
            lanes.set(process, ofProcess);
        }
        return lanes.get(process)[index];
    }

    private static EventRef reference(Event event, int partition, long offset) {
        return new EventRef(
                new io.antichain.clocks.Dot(event.process(), event.counter()),
                partition,
                offset,
                event.clock().orElseThrow(),
                event.lamport(),
                event.publishedAtMs());
    }

    /** 64 bits of the content, so that a repeated event is told from a reused dot without keeping payloads. */
    private static long fingerprint(Event event) {
        long hash = event.clock().hashCode();
        hash = 31 * hash + event.key().hashCode();
        hash = 0x9E3779B97F4A7C15L * (hash ^ event.payload().length());
        return hash ^ event.payload().hashCode();
    }
}
