package io.antichain.cli.kafka;

import io.antichain.analyzer.decode.PayloadText;
import io.antichain.analyzer.log.RecordLookup;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/** The payloads of events, read where a conflict record says that they stand. For one thread. */
public final class EventPayloads implements AutoCloseable {
    private final Cluster cluster;
    private final TopicReader reader;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<?> deserializer;
    private final PayloadText texts;

    public EventPayloads(Cluster cluster) {
        this.cluster = cluster;
        reader = new TopicReader(cluster);
        consumer = cluster.consumer();
        deserializer = cluster.deserializer();
        texts = cluster.payloadText();
    }

    /** Those of the event, and of the first and the last event of each run; empty for an event that is not there any more. */
    public Map<Dot, Optional<String>> of(Conflict conflict) {
        Map<Dot, Optional<String>> payloads = new LinkedHashMap<>();
        Dot dot = conflict.event().dot();
        payloads.put(dot, read(dot, conflict.event().at()));
        for (Run run : conflict.runs()) {
            Dot first = new Dot(run.process(), run.firstCounter());
            Dot last = new Dot(run.process(), run.lastCounter());
            payloads.put(first, read(first, run.first()));
            if (!last.equals(first)) {
                payloads.put(last, read(last, run.last()));
            }
        }
        return payloads;
    }

    private Optional<String> read(Dot dot, Position at) {
        String topic = at.topic().isEmpty() ? cluster.topics().events() : at.topic();
        return RecordLookup.read(consumer, new Position(topic, at.partition(), at.offset()))
                .flatMap(record -> payload(dot, record));
    }

    private Optional<String> payload(Dot dot, ConsumerRecord<byte[], byte[]> record) {
        return EventRecord.of(record, cluster, reader, deserializer, texts::of) instanceof EventRecord.Read read
                        && read.event().dot().equals(dot)
                ? Optional.of(read.event().payload())
                : Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
