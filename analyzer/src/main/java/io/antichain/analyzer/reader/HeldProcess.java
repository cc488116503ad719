package io.antichain.analyzer.reader;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.List;

/** What is held of one process: a lane for each partition that it was heard in. */
final class HeldProcess {
    private final ProcessId id;
    private final List<HeldLane> lanes = new ArrayList<>(1);
    private VectorClock clock = VectorClock.empty();
    private LamportTimestamp lamport = LamportTimestamp.ZERO;
    private long lastAtMs;
    private int held;
    private long firstCounter = Long.MAX_VALUE;
    private long lastCounter;
    private long forgottenCounter;

    HeldProcess(ProcessId id) {
        this.id = id;
    }

    ProcessId id() {
        return id;
    }

    List<HeldLane> lanes() {
        return lanes;
    }

    /** Of any record: the clock never falls, so the greatest is the newest. */
    HeldLane hear(Event event, HeldEvent.Position at, long logTimeMs) {
        clock = clock.merge(event.clock().orElseThrow());
        lamport = lamport.value() < event.lamport().value() ? event.lamport() : lamport;
        lastAtMs = Math.max(lastAtMs, logTimeMs);
        HeldLane lane = lane(at);
        lane.hear(event.counter(), at.offset());
        return lane;
    }

    private HeldLane lane(HeldEvent.Position at) {
        for (HeldLane lane : lanes) {
            if (lane.isAt(at.topic(), at.partition())) {
                return lane;
            }
        }
        HeldLane begun = new HeldLane(at.topic(), at.partition());
        lanes.add(begun);
        return begun;
    }

    void add(HeldLane lane, HeldEvent event) {
        lane.events().add(event);
        held++;
        firstCounter = Math.min(firstCounter, event.dot().counter());
        lastCounter = Math.max(lastCounter, event.dot().counter());
    }

    /** Forgets an event, the oldest of its lane. */
    void forget(HeldEvent event) {
        lane(event.position()).events().removeFirst();
        held--;
        forgottenCounter = Math.max(forgottenCounter, event.dot().counter());
    }

    /** The last event held with at most this counter; null if there is none. */
    HeldEvent last(long counter) {
        HeldEvent last = null;
        for (HeldLane lane : lanes) {
            HeldEvent candidate = lane.last(counter);
            if (candidate != null
                    && (last == null || last.dot().counter() < candidate.dot().counter())) {
                last = candidate;
            }
        }
        return last;
    }

    /** The event that comes first of those held that know {@code event}; null if there is none. */
    HeldEvent firstKnowing(StampedEvent event) {
        HeldEvent first = null;
        boolean own = id.equals(event.dot().process());
        for (HeldLane lane : lanes) {
            int from = own ? lane.upTo(event.dot().counter()) : lane.ignorantOf(event.dot());
            HeldEvent candidate =
                    from == lane.events().size() ? null : lane.events().get(from);
            if (candidate != null
                    && (first == null || candidate.dot().counter() < first.dot().counter())) {
                first = candidate;
            }
        }
        return first;
    }

    /** How many events are held. */
    int held() {
        return held;
    }

    /** Whether an event with this counter was held once, or stood before all that were read. */
    boolean isPast(long counter) {
        return counter <= forgottenCounter || (counter < firstCounter && counter <= clock.get(id));
    }

    /** The least counter that was read and is not forgotten. */
    long firstHeldCounter() {
        long first = Long.MAX_VALUE;
        for (HeldLane lane : lanes) {
            if (lane.events().size() > 0) {
                first = Math.min(first, lane.events().get(0).dot().counter());
            }
        }
        return first;
    }

    /** The greatest counter that was read. */
    long lastCounter() {
        return lastCounter;
    }

    VectorClock clock() {
        return clock;
    }

    LamportTimestamp lamport() {
        return lamport;
    }

    /** Log time of the last record, ms since 1970 UTC. */
    long lastAtMs() {
        return lastAtMs;
    }
}
