package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import java.util.List;

/** What the engine makes of one arriving record, and what else came to light with it. */
public sealed interface Outcome {
    /** Besides the verdict on the record itself: contradictions, gaps and unseen causes. Mostly empty. */
    List<Anomaly> notices();

    /**
     * A heartbeat or LEAVE of an old log: it has no place in the order.
     *
     * @param notices what else came to light
     */
    record NoEvent(List<Anomaly> notices) implements Outcome {
        static final NoEvent QUIET = new NoEvent(List.of());
    }

    /**
     * An event that gets no record: none of those held is concurrent with it, in scope.
     *
     * @param complete whether none of all history is
     * @param notices what else came to light
     */
    record Ordered(boolean complete, List<Anomaly> notices) implements Outcome {
        static final Ordered QUIET = new Ordered(true, List.of());
        static final Ordered INCOMPLETE = new Ordered(false, List.of());
    }

    /**
     * An event that is concurrent with earlier-arrived ones, or has resolved siblings.
     *
     * @param conflict the record to write
     * @param notices what else came to light
     */
    record Recorded(Conflict conflict, List<Anomaly> notices) implements Outcome {}

    /**
     * A record that cannot be; it changed no verdict.
     *
     * @param anomaly which rule does not hold
     * @param notices what else came to light
     */
    record Refused(Anomaly anomaly, List<Anomaly> notices) implements Outcome {}

    /** A record from before the frontier, told again to a restored engine: its verdict was given before. */
    record Known() implements Outcome {
        static final Known KNOWN = new Known();

        @Override
        public List<Anomaly> notices() {
            return List.of();
        }
    }
}
