package io.antichain.cli.kafka;

import io.antichain.schemas.Event;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.codec.StampedRecords;
import io.antichain.schemas.codec.WireCodec;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a record of a topic that is looked at says: by the stamp in its header, whatever its value is; else, in a topic of events,
 * by its value.
 */
sealed interface EventRecord {
    /**
     * An event.
     *
     * @param isByHeader whether the stamp stood in a header
     */
    record Read(Event event, boolean isByHeader) implements EventRecord {}

    /** A record that carries no stamp. */
    record Unstamped() implements EventRecord {}

    /** A record whose stamp or value cannot be read; {@code failure} is why. */
    record Unreadable(String failure) implements EventRecord {}

    /**
     * Reads one.
     *
     * @param payloads what can be shown of the value of one that is an event by its header
     */
    static EventRecord of(
            ConsumerRecord<byte[], byte[]> record,
            Cluster cluster,
            TopicReader reader,
            Deserializer<?> deserializer,
            Function<byte[], String> payloads) {
        Header stamp = StampedRecords.stamp(record.headers());
        try {
            if (stamp != null) {
                String payload = payloads.apply(record.value());
                return new Read(StampedRecords.event(stamp, record.key(), payload, record.timestamp()), true);
            } else if (!cluster.topics().isEvents(record.topic())) {
                return new Unstamped();
            }
            return reader.decoded(record, deserializer) instanceof io.antichain.wire.Event event
                    ? new Read(WireCodec.fromWire(event), false)
                    : new Unreadable("no event");
        } catch (DecodingException e) {
            if (e.failure() == DecodingException.Failure.REGISTRY_UNAVAILABLE) {
                throw e;
            }
            return new Unreadable(e.failure().name());
        }
    }
}
