package io.antichain.analyzer.explanation;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import java.util.List;

/**
 * Why a former sibling of a key is one no more: the event that followed it knew it.
 *
 * @param event the event that resolved it
 * @param sibling the former sibling
 * @param knew the event's entry for the sibling's process: at least the sibling's counter
 */
public record ResolvedSibling(Dot event, Dot sibling, ClockEntry knew) implements Explanation {
    /** @param sibling one of those that the record of {@code event} resolves */
    public static ResolvedSibling of(EventRef event, Dot sibling) {
        return new ResolvedSibling(event.dot(), sibling, ClockEntry.of(event.dot(), event.clock(), sibling.process()));
    }

    @Override
    public List<ClockEntry> witness() {
        return List.of(knew);
    }

    @Override
    public String sentence() {
        return event + " resolves " + sibling + ": "
                + (event.process().equals(sibling.process())
                        ? ClockEntry.sameProcess(event)
                        : knew.with(sibling) + ".");
    }
}
