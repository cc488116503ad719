package io.antichain.analyzer.explanation;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a conflict record may lack runs: the event did not know all that was dropped as stable before it arrived. What was
 * dropped is not guessed at, so any entry but its own may be the one that is too low.
 *
 * @param event the record's event
 * @param witness its entries for the other processes
 */
public record IncompleteRecord(EventRef event, List<ClockEntry> witness) implements Explanation {
    public IncompleteRecord {
        witness = List.copyOf(witness);
    }

    /** @param event of a record that says of itself that it is not complete */
    public static IncompleteRecord of(EventRef event) {
        ProcessId own = event.dot().process();
        List<ClockEntry> others = new ArrayList<>();
        event.clock().forEach((process, counter) -> {
            if (!process.equals(own)) {
                others.add(new ClockEntry(event.dot(), process, counter));
            }
        });
        return new IncompleteRecord(event, others);
    }

    @Override
    public String sentence() {
        return event.dot() + " may be concurrent with more: when it arrived, some events that its clock "
                + event.clock() + " does not know were no longer held.";
    }
}
