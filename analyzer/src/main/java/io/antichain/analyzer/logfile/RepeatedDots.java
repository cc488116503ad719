package io.antichain.analyzer.logfile;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The dots of an execution that stand in its files more than once: as the same event (two files hold it) or as another one.
 * The order engine would tell too, but only while it holds the first, and by offsets that no file has.
 */
final class RepeatedDots {
    private final Map<Dot, LoggedEvent> first = new HashMap<>();

    /** Empty where the event's dot is new; the events of a dot are to be given in one order. */
    Optional<Anomaly> take(LoggedEvent event) {
        LoggedEvent before = first.putIfAbsent(event.dot(), event);
        if (before == null) {
            return Optional.empty();
        }
        boolean same = before.text().equals(event.text()) && before.clock().compare(event.clock()) == CausalOrder.EQUAL;
        Map<String, String> evidence =
                Map.of("event", event.dot().toString(), "first", before.place(), "again", event.place());
        String places = "event=" + event.dot() + ", first=" + before.place() + ", again=" + event.place();
        return Optional.of(
                same
                        ? new Anomaly(
                                Kind.DUPLICATE,
                                Optional.empty(),
                                "An event stands in the files once: " + places + ", with the same clock and text; the"
                                        + " second is left out",
                                evidence)
                        : new Anomaly(
                                Kind.DOT_REUSED,
                                Optional.empty(),
                                "A dot names one event: " + places + ", with another clock or text; the second is left"
                                        + " out. The files may be of several executions, or the process counted twice",
                                evidence));
    }
}
