package io.antichain.node.protocol;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.node.request.NodeView.HeldBack;
import io.antichain.node.state.Footprint;
import io.antichain.schemas.Event;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Messages that were read and wait until their causes are delivered. The unit is the lane, a process's messages in one
 * partition: a lane's own order agrees with happened-before, so its first message can always be looked at alone. Holding up
 * a whole partition would not do: two transactions that cross in two partitions would wait for each other for ever.
 *
 * <p>A cause is known by its dot: counter ≤ the clock's entry.
 */
final class HoldBackQueue {
    private record Lane(ProcessId process, int partition) {}

    /**
     * One message that waits.
     *
     * @param event the message
     * @param place where it stands
     * @param number how many were held before it, ever
     */
    record Waiting(Event event, Place place, long number) {
        long bytes() {
            return Footprint.bytes(event);
        }
    }

    private static final Comparator<Dot> BY_PROCESS_AND_COUNTER =
            Comparator.comparing(Dot::process).thenComparingLong(Dot::counter);

    private final Map<Lane, Deque<Waiting>> lanes = new LinkedHashMap<>();
    private final Map<Integer, TreeSet<Long>> offsets = new TreeMap<>();
    private final Map<Integer, Long> bytes = new TreeMap<>();
    private long count;
    private int size;

    /** The first cause of {@code event} that is not in {@code known}; empty if it can be delivered. */
    static Optional<Dot> missingCause(Event event, VectorClock known) {
        long before = known.get(event.process());
        if (event.clock().isEmpty() || event.counter() <= before) {
            return Optional.empty();
        }
        if (event.counter() > before + 1) {
            return Optional.of(new Dot(event.process(), event.counter() - 1));
        }
        Dot[] missing = new Dot[1];
        event.clock().get().forEach((process, counter) -> {
            if (missing[0] == null && !process.equals(event.process()) && counter > known.get(process)) {
                missing[0] = new Dot(process, counter);
            }
        });
        return Optional.ofNullable(missing[0]);
    }

    /** Whether an earlier message of the same lane waits already. */
    boolean holdsLaneOf(Event event, int partition) {
        return lanes.containsKey(new Lane(event.process(), partition));
    }

    void hold(Event event, Place place) {
        lanes.computeIfAbsent(new Lane(event.process(), place.partition()), lane -> new ArrayDeque<>())
                .add(new Waiting(event, place, count++));
        bytes.merge(place.partition(), Footprint.bytes(event), Long::sum);
        offsets.computeIfAbsent(place.partition(), partition -> new TreeSet<>()).add(place.offset());
        size++;
    }

    /** Takes out a message whose causes are all in {@code known}, if there is one. */
    Optional<Waiting> takeDeliverable(VectorClock known) {
        for (Deque<Waiting> lane : lanes.values()) {
            if (missingCause(lane.element().event(), known).isEmpty()) {
                return Optional.of(take(lane.element()));
            }
        }
        return Optional.empty();
    }

    /**
     * Takes out a message that none of the others held happened before, among those held before {@code number}; empty if
     * all of these are gone.
     */
    Optional<Waiting> takeFirstBefore(long number) {
        return lanes.values().stream()
                .map(Deque::element)
                .filter(head -> head.number() < number)
                .filter(head -> lanes.values().stream().noneMatch(lane -> precedes(lane.element(), head)))
                .findFirst()
                .map(this::take);
    }

    /** The number of the next message to be held. */
    long nextNumber() {
        return count;
    }

    int size() {
        return size;
    }

    /** About how much memory a partition's messages that wait take. */
    long bytesIn(int partition) {
        return bytes.getOrDefault(partition, 0L);
    }

    /** The first offset in a partition that waits, if one does. */
    OptionalLong firstIn(int partition) {
        TreeSet<Long> waiting = offsets.get(partition);
        return waiting == null || waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first());
    }

    void clear() {
        lanes.clear();
        offsets.clear();
        bytes.clear();
        size = 0;
    }

    /** What waits, and for what. */
    HeldBack view(VectorClock known) {
        if (size == 0) {
            return HeldBack.NOTHING;
        }
        SortedSet<Dot> causes = new TreeSet<>(BY_PROCESS_AND_COUNTER);
        lanes.values()
                .forEach(lane -> missingCause(lane.element().event(), known).ifPresent(causes::add));
        return new HeldBack(size, causes);
    }

    private static boolean precedes(Waiting cause, Waiting effect) {
        return cause != effect
                && effect.event().clock().isPresent()
                && effect.event().clock().get().includes(cause.event().dot());
    }

    private Waiting take(Waiting head) {
        Lane lane = new Lane(head.event().process(), head.place().partition());
        Deque<Waiting> waiting = lanes.get(lane);
        waiting.remove();
        if (waiting.isEmpty()) {
            lanes.remove(lane);
        }
        bytes.merge(head.place().partition(), -head.bytes(), Long::sum);
        offsets.get(head.place().partition()).remove(head.place().offset());
        size--;
        return head;
    }
}
