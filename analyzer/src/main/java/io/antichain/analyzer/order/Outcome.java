package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import java.util.List;

/** What the engine makes of one arriving record. */
public sealed interface Outcome {
    /** A heartbeat or LEAVE: it has no place in the order. */
    record NoEvent() implements Outcome {}

    /**
     * An event has found its place.
     *
     * @param event the event
     * @param runs all earlier-arrived events that are concurrent with it; empty if it is ordered with all of them
     */
    record Placed(EventRef event, List<Run> runs) implements Outcome {}

    /**
     * A record that cannot be; it changed nothing.
     *
     * @param anomaly which rule does not hold
     */
    record Refused(Anomaly anomaly) implements Outcome {}
}
