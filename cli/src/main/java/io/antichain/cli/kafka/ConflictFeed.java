package io.antichain.cli.kafka;

import io.antichain.schemas.Conflict;
import io.antichain.schemas.codec.WireCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Committed conflict records for a consumer group of its own: from the oldest on at its first start, and later from where it
 * was. What was handed over is only then the group's past, so a restart hands it over again rather than never.
 */
public final class ConflictFeed {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int AT_ONCE = 100;
    private static final int SESSION_MS = 6_000;
    private static final int PATIENCE_MS = Integer.MAX_VALUE;

    private final Cluster cluster;
    private final String group;

    /** @param group the consumer group; instances of one group share the partitions */
    public ConflictFeed(Cluster cluster, String group) {
        this.cluster = cluster;
        this.group = group;
    }

    /** Takes records, at least one, with the log time of each event, and may take as long as it likes. */
    @FunctionalInterface
    public interface Sink {
        /** @param conflicts in the order of the topic */
        void take(List<Dated> conflicts) throws InterruptedException;
    }

    /**
     * A record.
     *
     * @param logTimeMs ms since 1970 UTC
     */
    public record Dated(Conflict conflict, long logTimeMs) {}

    /**
     * Hands over what comes, until told to stop.
     *
     * @throws ClusterException if records cannot be decoded, or the broker refuses
     */
    public void follow(Sink sink, BooleanSupplier stopped) throws InterruptedException {
        UndecodedRecords undecoded = new UndecodedRecords();
        TopicReader reader = new TopicReader(cluster, undecoded);
        String topic = cluster.topics().conflicts();
        reader.highWatermarks(topic); // with what it is that is missing, if it is
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                Deserializer<?> deserializer = cluster.deserializer()) {
            consumer.subscribe(List.of(topic));
            while (!stopped.getAsBoolean()) {
                List<Dated> conflicts = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (reader.decoded(record, deserializer) instanceof io.antichain.wire.Conflict conflict) {
                        conflicts.add(new Dated(WireCodec.fromWire(conflict), record.timestamp()));
                    }
                }
                undecoded.requireNone(topic);
                if (!conflicts.isEmpty()) {
                    sink.take(conflicts);
                    consumer.commitSync();
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(cluster.client());
        config.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        // One that was killed gives way to the next in seconds.
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 4);
        // Whoever takes them may be away for as long as it likes; that this program is there, its heartbeats tell.
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, PATIENCE_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
