package io.antichain.node.protocol;

import io.antichain.node.request.NodeView.HeldBack;
import io.antichain.node.state.Delivery;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Delivers what was read: with one partition in log order, which is causal; with several, each message after its causes.
 *
 * <ol>
 *   <li>A clock is merged when its message is delivered, and not when it is read.
 *   <li>A position is the offset of the first record that was not delivered. What was delivered behind it is remembered for
 *       this life; after a crash it is read again, and merges nothing new.
 *   <li>Who has read every partition up to its high watermark, taken after a message was read, has read all its causes:
 *       those still missing are gone (deleted by retention, or not to be decoded or believed), and are not waited for.
 *   <li>At most so many bytes are held. A partition that has its share is read no further, and what could still come of
 *       it is not waited for either: messages go out of order then.
 * </ol>
 *
 * The lines that keep a rule name it.
 */
final class CausalDelivery {
    /** Causes that are only late come within this time; after it the log is asked. */
    private static final long ASK_AFTER_MS = 1_000;

    private record Question(Map<Integer, Long> ends, long heldBefore) {}

    private final long maxHeldBytes;
    private final HoldBackQueue held = new HoldBackQueue();
    private final Map<Integer, Long> next = new TreeMap<>();
    private final Map<Integer, Set<Long>> deliveredAhead = new TreeMap<>();
    private final Deque<Question> questions = new ArrayDeque<>();
    private int partitions;
    private Set<Integer> full = Set.of();
    private long unaskedSinceMs = Long.MAX_VALUE;
    private NodeState state;
    private List<Effect> effects = new ArrayList<>();

    CausalDelivery(long maxHeldBytes) {
        this.maxHeldBytes = maxHeldBytes;
    }

    /** Starts again behind what {@code known} has delivered: what was held is read again. */
    void restart(NodeState known, int partitions) {
        this.partitions = partitions;
        held.clear();
        next.clear();
        questions.clear();
        full = Set.of();
        unaskedSinceMs = Long.MAX_VALUE;
        for (int partition = 0; partition < partitions; partition++) {
            next.put(partition, known.reading().position(partition));
        }
    }

    /** The state after delivering what can be of {@code reads}; adds to {@code effects} what came of each. */
    NodeState deliver(NodeState before, List<Read> reads, List<Effect> effects) {
        this.state = before;
        this.effects = effects;
        for (Read read : reads) {
            take(read);
        }
        askedAndAnswered();
        makeRoom();
        holdReading();
        state = state.withReading(state.reading().reached(positions())); // rule 2
        return state;
    }

    /** These high watermarks were taken after everything that is held now was read. */
    void ask(Map<Integer, Long> ends) {
        if (held.size() > 0) {
            questions.add(new Question(ends, held.nextNumber()));
        }
    }

    /**
     * Whether messages have waited for their causes for so long that the log must say whether these can still come.
     *
     * @param paused whether nothing is delivered: that time does not count
     */
    boolean mustAsk(boolean paused, Moment now) {
        if (paused || held.size() == 0 || !questions.isEmpty()) {
            unaskedSinceMs = Long.MAX_VALUE;
            return false;
        }
        unaskedSinceMs = Math.min(unaskedSinceMs, now.steadyMs());
        return now.steadyMs() - unaskedSinceMs >= ASK_AFTER_MS;
    }

    HeldBack view(NodeState known) {
        return held.view(known.clock());
    }

    private void take(Read read) {
        if (read.offset() < next.getOrDefault(read.partition(), 0L)) {
            return;
        }
        next.put(read.partition(), read.offset() + 1);
        if (read.missed() > 0) {
            state = state.withReading(state.reading().missed(read.missed()));
        }
        Set<Long> ahead = deliveredAhead.getOrDefault(read.partition(), Set.of());
        if (read.event().isEmpty() || (!ahead.isEmpty() && ahead.remove(read.offset()))) {
            return;
        }
        Event event = read.event().get();
        Place place = new Place(read.partition(), read.offset());
        if (mustWait(event, read.partition())) {
            held.hold(event, place);
        } else {
            merge(event, place);
            drain();
        }
    }

    private boolean mustWait(Event event, int partition) {
        return partitions > 1
                && (held.holdsLaneOf(event, partition)
                        || HoldBackQueue.missingCause(event, state.clock()).isPresent())
                && state.doubt(event).isEmpty();
    }

    private void drain() {
        if (held.size() > 0) {
            Optional<HoldBackQueue.Waiting> deliverable = held.takeDeliverable(state.clock());
            while (deliverable.isPresent()) {
                merge(deliverable.get().event(), deliverable.get().place());
                deliverable = held.takeDeliverable(state.clock());
            }
        }
    }

    private void askedAndAnswered() {
        Set<Integer> unreadable = fullPartitions();
        // rule 3
        while (!questions.isEmpty() && hasRead(questions.element().ends(), unreadable)) {
            long heldBefore = questions.remove().heldBefore();
            Optional<HoldBackQueue.Waiting> first = held.takeFirstBefore(heldBefore);
            while (first.isPresent()) {
                mergeOutOfOrder(first.get());
                first = held.takeFirstBefore(heldBefore);
            }
        }
    }

    private boolean hasRead(Map<Integer, Long> ends, Set<Integer> unreadable) {
        // rule 4: nothing is waited for of a partition that is read no further
        return ends.entrySet().stream()
                .allMatch(end -> unreadable.contains(end.getKey()) || next.get(end.getKey()) >= end.getValue());
    }

    private void makeRoom() {
        // rule 4: no partition is left that could be read on
        while (held.size() > 0 && fullPartitions().size() == partitions) {
            mergeOutOfOrder(held.takeFirstBefore(held.nextNumber()).orElseThrow());
        }
    }

    private void mergeOutOfOrder(HoldBackQueue.Waiting waiting) {
        if (HoldBackQueue.missingCause(waiting.event(), state.clock()).isPresent()) {
            effects.add(new Effect.OutOfOrder(waiting.event(), waiting.place()));
        }
        merge(waiting.event(), waiting.place());
        drain();
    }

    private void merge(Event event, Place place) {
        // rule 2: delivered behind the position that stays with what is held
        if (held.firstIn(place.partition()).orElse(Long.MAX_VALUE) < place.offset()) {
            deliveredAhead
                    .computeIfAbsent(place.partition(), partition -> new TreeSet<>())
                    .add(place.offset());
        }
        Delivery delivery = state.deliver(event); // rule 1
        state = delivery.next();
        effects.add(
                delivery.rejection().isPresent()
                        ? new Effect.Rejected(event, place, delivery.rejection().get())
                        : new Effect.Delivered(event, place));
    }

    private Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        next.forEach((partition, end) ->
                positions.put(partition, held.firstIn(partition).orElse(end)));
        deliveredAhead.forEach(
                (partition, ahead) -> ahead.removeIf(offset -> offset < positions.getOrDefault(partition, 0L)));
        return positions;
    }

    private Set<Integer> fullPartitions() {
        Set<Integer> now = new TreeSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (held.bytesIn(partition) * partitions >= maxHeldBytes) {
                now.add(partition);
            }
        }
        return now;
    }

    private void holdReading() {
        Set<Integer> now = held.size() == 0 ? Set.of() : fullPartitions();
        if (!now.equals(full)) {
            full = now;
            effects.add(new Effect.HoldReading(now)); // rule 4
        }
    }
}
