package io.antichain.node.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a process has delivered the events topic. A position never falls.
 *
 * @param topicId the topic's id; empty where an old checkpoint did not say
 * @param positions per partition, the offset of the next record to deliver; a missing one is 0
 * @param skipped how many offsets were never read because retention had deleted them
 */
public record Reading(String topicId, Map<Integer, Long> positions, long skipped) {
    /** Nothing is read. */
    public static final Reading NOTHING = new Reading("", Map.of(), 0);

    /** Of {@code log} from its first record on, by one who has missed nothing. */
    public static Reading fromStart(EventsLog log) {
        return new Reading(log.topicId(), log.starts(), 0);
    }

    public Reading {
        positions = Map.copyOf(positions);
    }

    /** The offset of the next record to deliver. */
    public long position(int partition) {
        return positions.getOrDefault(partition, 0L);
    }

    /** With everything before these offsets delivered. */
    public Reading reached(Map<Integer, Long> reached) {
        Map<Integer, Long> furthest = new HashMap<>(positions);
        reached.forEach((partition, position) -> furthest.merge(partition, position, Math::max));
        return new Reading(topicId, furthest, skipped);
    }

    /** With so many offsets more that can never be read. */
    public Reading missed(long offsets) {
        return new Reading(topicId, positions, skipped + offsets);
    }

    /** Of {@code log}: what its retention has deleted is left behind, and counted. */
    public Reading of(EventsLog log) {
        long missed = 0;
        for (Map.Entry<Integer, Long> start : log.starts().entrySet()) {
            missed += Math.max(0, start.getValue() - position(start.getKey()));
        }
        return new Reading(log.topicId(), positions, skipped)
                .reached(log.starts())
                .missed(missed);
    }

    /** What both have delivered together; of the other's topic where the two differ. */
    public Reading merge(Reading other) {
        if (!topicId.isEmpty() && !other.topicId.isEmpty() && !topicId.equals(other.topicId)) {
            return other;
        }
        String known = other.topicId.isEmpty() ? topicId : other.topicId;
        return new Reading(known, positions, Math.max(skipped, other.skipped)).reached(other.positions);
    }

    /** Whether everything before these offsets is delivered. */
    public boolean hasReached(Map<Integer, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> position(end.getKey()) >= end.getValue());
    }

    /** How many offsets lie between the positions and these ends. */
    public long behind(Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - position(end.getKey())))
                .sum();
    }

    /** Why {@code log} cannot be the one that was read, in a sentence, if it cannot. */
    public Optional<String> contradiction(EventsLog log) {
        if (!topicId.isEmpty() && !topicId.equals(log.topicId())) {
            return Optional.of(
                    "The events topic is not the one that this process has read, it was deleted and made anew:"
                            + " topicId=" + log.topicId() + ", read=" + topicId);
        }
        for (Map.Entry<Integer, Long> position : new TreeMap<>(positions).entrySet()) {
            long end = log.ends().getOrDefault(position.getKey(), 0L);
            if (end < position.getValue()) {
                return Optional.of("The events topic ends before what this process has read of it, its tail is lost:"
                        + " partition=" + position.getKey() + ", end=" + end + ", position=" + position.getValue());
            }
        }
        return Optional.empty();
    }
}
