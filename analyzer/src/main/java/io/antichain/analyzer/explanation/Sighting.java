package io.antichain.analyzer.explanation;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;
import java.util.List;
import java.util.Optional;

/**
 * One record of a log that carries a dot.
 *
 * @param clock its vector clock, whose own entry is the dot's counter; empty if its process keeps a Lamport timestamp alone
 * @param lamport its Lamport timestamp
 */
public record Sighting(Optional<VectorClock> clock, LamportTimestamp lamport) {
    /**
     * Explains two dots by all that a log has of each. Empty where it has neither, or one without a vector clock: then
     * nothing can be said.
     */
    public static Optional<Explanation> explain(
            Dot first, List<Sighting> ofFirst, Dot second, List<Sighting> ofSecond) {
        Optional<Explanation> reused = reused(first, ofFirst).or(() -> reused(second, ofSecond));
        if (reused.isPresent()) {
            return reused;
        }
        if (ofFirst.isEmpty() || ofSecond.isEmpty()) {
            return unknown(first, ofFirst, second, ofSecond);
        }
        Sighting a = ofFirst.get(0);
        Sighting b = ofSecond.get(0);
        return Optional.of(
                a.clock.isPresent() && b.clock.isPresent()
                        ? Relation.of(a.stamped(first), b.stamped(second))
                        : new WithoutClock(first, a.lamport, second, b.lamport));
    }

    private static Optional<Explanation> reused(Dot dot, List<Sighting> sightings) {
        for (Sighting again : sightings) {
            Optional<VectorClock> once = sightings.get(0).clock;
            if (once.isPresent()
                    && again.clock.isPresent()
                    && once.get().compare(again.clock.get()) != CausalOrder.EQUAL) {
                return Optional.of(ReusedDot.of(dot, once.get(), again.clock.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Explanation> unknown(
            Dot first, List<Sighting> ofFirst, Dot second, List<Sighting> ofSecond) {
        Dot known = ofFirst.isEmpty() ? second : first;
        return (ofFirst.isEmpty() ? ofSecond : ofFirst)
                .stream()
                        .filter(sighting -> sighting.clock.isPresent())
                        .findFirst()
                        .map(sighting -> UnknownEvent.of(ofFirst.isEmpty() ? first : second, sighting.stamped(known)));
    }

    private StampedEvent stamped(Dot dot) {
        return new StampedEvent(dot, clock.orElseThrow());
    }
}
