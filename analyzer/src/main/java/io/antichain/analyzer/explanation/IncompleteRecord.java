package io.antichain.analyzer.explanation;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.EventRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a conflict record may lack runs: the event did not know all that had left the window before it arrived. What had left is
 * not guessed at, so any entry but its own may be the one that is too low.
 *
 * @param event the record's event
 * @param windowBegan log time of the oldest event that was compared with it, as people write it; empty where it is not known
 * @param witness its entries for the other processes
 */
public record IncompleteRecord(EventRef event, Optional<String> windowBegan, List<ClockEntry> witness)
        implements Explanation {
    public IncompleteRecord {
        witness = List.copyOf(witness);
    }

    /** @param event of a record that says of itself that it is not complete */
    public static IncompleteRecord of(EventRef event, Optional<String> windowBegan) {
        ProcessId own = event.dot().process();
        List<ClockEntry> others = new ArrayList<>();
        event.clock().forEach((process, counter) -> {
            if (!process.equals(own)) {
                others.add(new ClockEntry(event.dot(), process, counter));
            }
        });
        return new IncompleteRecord(event, windowBegan, others);
    }

    @Override
    public String sentence() {
        String unknown = event.dot() + " may be concurrent with more: when it arrived, ";
        String clock = "its clock " + event.clock() + " does not know";
        return windowBegan
                .map(time -> unknown + "the window began at " + time
                        + "; events before it were not compared, and there are some that " + clock + ".")
                .orElseGet(() -> unknown + "some events that " + clock + " had left the window.");
    }
}
