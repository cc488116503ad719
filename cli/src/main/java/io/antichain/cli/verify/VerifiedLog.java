package io.antichain.cli.verify;

import io.antichain.cli.kafka.StoredEvent;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which records of the events topic are events of the order: messages with a vector clock that the analyzer did not refuse. */
public final class VerifiedLog {
    private record Place(int partition, long offset) {}

    private VerifiedLog() {}

    /**
     * The events that count.
     *
     * @param anomalies what the analyzer refused, by place; it says so itself, so a refusal that should not be is no
     *     difference here but stands in the anomalies topic
     */
    public static List<StoredEvent> of(List<StoredEvent> records, List<Anomaly> anomalies) {
        Set<Place> refused = anomalies.stream()
                .flatMap(anomaly -> anomaly.event().stream())
                .map(VerifiedLog::place)
                .collect(Collectors.toCollection(HashSet::new));
        return records.stream()
                .filter(record -> record.event().kind() == Event.Kind.MESSAGE)
                .filter(record -> record.event().clock().isPresent())
                .filter(record -> !refused.contains(new Place(record.partition(), record.offset())))
                .toList();
    }

    private static Place place(EventRef event) {
        return new Place(event.partition(), event.offset());
    }
}
