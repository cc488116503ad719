package io.antichain.analyzer.log;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.Map;
import java.util.Optional;

/** What is said where retention deleted records that the analyzer still needed. */
public final class Deletions {
    private Deletions() {}

    /** The offsets [wanted, earliest) of a partition are gone. */
    public static Anomaly anomaly(String topic, int partition, long wanted, long earliest) {
        return new Anomaly(
                Kind.GAP,
                Optional.empty(),
                "Retention deleted records before they were analyzed, or while the window held them: topic=" + topic
                        + ", partition=" + partition
                        + ", missing offsets=" + wanted + ".." + (earliest - 1)
                        + "; records of events that may be concurrent with what was there are incomplete; give the topic"
                        + " a longer retention",
                Map.of(
                        "topic",
                        topic,
                        "partition",
                        "" + partition,
                        "firstOffset",
                        "" + wanted,
                        "lastOffset",
                        "" + (earliest - 1)));
    }
}
