package io.antichain.analyzer.order;

import io.antichain.schemas.Event;
import java.util.Optional;
import java.util.Random;

/**
 * Random conditions on pairs, and what they mean: every event has a colour and a shape.
 *
 * @param isAny whether there are any
 * @param sameColour whether both events must have one colour
 * @param otherShape whether each must have another shape
 * @param noFifths whether neither may have a counter that 5 divides
 */
record PairRule(boolean isAny, boolean sameColour, boolean otherShape, boolean noFifths) {
    static final PairRule NONE = new PairRule(false, false, false, false);

    static PairRule random(Random random) {
        return random.nextInt(3) > 0
                ? NONE
                : new PairRule(true, random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    }

    private static long colour(Event event) {
        return (event.counter() / 3 + event.process().hashCode()) % 2;
    }

    private static long shape(Event event) {
        return (event.counter() + event.process().hashCode()) % 3;
    }

    private boolean isOut(Event event) {
        return noFifths && event.counter() % 5 == 0;
    }

    /** By what the rule says. */
    boolean counts(Event one, Event other) {
        return !isOut(one)
                && !isOut(other)
                && (!sameColour || colour(one) == colour(other))
                && (!otherShape || shape(one) != shape(other));
    }

    /** As the engine is told it. */
    Optional<Traits> traits(Event event) {
        if (!isAny) {
            return Optional.empty();
        }
        if (isOut(event)) {
            return Optional.of(Traits.leftOut(77));
        }
        long same = sameColour ? colour(event) : 0;
        return Optional.of(otherShape ? Traits.of(77, same, shape(event)) : Traits.of(77, same));
    }
}
