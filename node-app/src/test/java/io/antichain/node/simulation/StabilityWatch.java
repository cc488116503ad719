package io.antichain.node.simulation;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Reads the log as an analyzer does, and forgets what is stable: known, by the latest clock of each lane of each live process,
 * to every one of them. An event that could still be concurrent with what was forgotten is a lie of its node, since it
 * published before it had joined.
 */
final class StabilityWatch {
    private static final class Lane {
        VectorClock latest = VectorClock.empty();
        boolean left;
        boolean over;
    }

    private final SimulatedLog log;
    private final long[] next;
    private final Map<ProcessId, Lane[]> lanes = new LinkedHashMap<>();
    private final Map<ProcessId, Long> dropped = new HashMap<>();

    StabilityWatch(SimulatedLog log) {
        this.log = log;
        this.next = new long[log.eventPartitions()];
    }

    /** Reads a little of some partition; returns an event that does not know something that was stable, if it meets one. */
    Optional<Event> read(Random random) {
        int partition = random.nextInt(next.length);
        long end = Math.min(log.lastStableOffset(partition), next[partition] + 1 + random.nextInt(8));
        for (; next[partition] < end; next[partition]++) {
            Optional<Event> event = log.visible(partition, next[partition]).map(SimulatedLog.Entry::event);
            boolean broken = event.isPresent()
                    && event.get().kind() == Kind.MESSAGE
                    && log.broken.get(Truth.message(event.get()));
            if (event.isPresent() && !broken && !take(event.get(), partition)) {
                return event;
            }
        }
        return Optional.empty();
    }

    private boolean take(Event event, int partition) {
        Lane[] own = lanes.computeIfAbsent(event.process(), process -> newLanes());
        VectorClock clock = event.clock().orElseThrow();
        boolean knowsWhatIsStable = event.kind() != Kind.MESSAGE
                || dropped.entrySet().stream()
                        .allMatch(entry -> entry.getKey().equals(event.process())
                                || clock.get(entry.getKey()) >= entry.getValue());
        own[partition].latest = clock;
        own[partition].left = event.kind() == Kind.LEAVE;
        lanes.forEach((process, of) -> {
            boolean later = process.name().equals(event.process().name())
                    && process.incarnation() < event.process().incarnation();
            of[partition].over |= later;
        });
        drop();
        return knowsWhatIsStable;
    }

    private void drop() {
        for (ProcessId process : lanes.keySet()) {
            long stable = Long.MAX_VALUE;
            for (Lane[] of : lanes.values()) {
                if (!isGone(of)) {
                    for (Lane lane : of) {
                        stable = Math.min(stable, lane.latest.get(process));
                    }
                }
            }
            if (stable < Long.MAX_VALUE && stable > dropped.getOrDefault(process, 0L)) {
                dropped.put(process, stable);
            }
        }
    }

    private static boolean isGone(Lane[] of) {
        VectorClock last = null;
        for (Lane lane : of) {
            if (lane.over) {
                continue;
            }
            if (!lane.left || (last != null && !last.equals(lane.latest))) {
                return false;
            }
            last = lane.latest;
        }
        return true;
    }

    private Lane[] newLanes() {
        Lane[] fresh = new Lane[next.length];
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = new Lane();
        }
        return fresh;
    }
}
