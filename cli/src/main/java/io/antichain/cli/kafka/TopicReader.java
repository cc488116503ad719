package io.antichain.cli.kafka;

import io.antichain.analyzer.log.OpenTransactions;
import io.antichain.analyzer.log.TransactionWatch;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.registry.ConfiguredSerializers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a topic's committed records from the beginning: as far as it goes now, or on and on. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STALLED_AFTER_MS = 60_000;

    private final Cluster cluster;
    private final UndecodedRecords undecoded;

    public TopicReader(Cluster cluster) {
        this(cluster, new UndecodedRecords());
    }

    /** @param undecoded takes note of records that cannot be decoded */
    TopicReader(Cluster cluster, UndecodedRecords undecoded) {
        this.cluster = cluster;
        this.undecoded = undecoded;
    }

    /** Takes one decoded record. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param value the decoded value, or null if the bytes are no record of ours
         * @param logTimeMs the log's time of the record, ms since 1970 UTC
         */
        void take(Object value, int partition, long offset, long logTimeMs);
    }

    /**
     * Reads what stands in the topic when this is called, partition by partition up to the high watermark: waits for open
     * transactions to end, and says so after 4 s. Without a record for 60 s, or as long as the setting
     * {@code default.api.timeout.ms} says, it gives up.
     *
     * @throws ClusterException if the topic does not exist, an open transaction holds it, or no broker answers
     */
    public void readToEnd(String topic, Sink sink) {
        try (Deserializer<?> deserializer = cluster.deserializer()) {
            readBytesToEnd(topic, record -> take(record, deserializer, sink));
        }
    }

    /** As {@link #readToEnd}, without decoding. */
    @SuppressWarnings("try") // the watch speaks for itself
    void readBytesToEnd(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        highWatermarks(topic).forEach((partition, end) -> ends.put(partition.partition(), end));
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer();
                TransactionWatch watch = watch(topic)) {
            ends.forEach((partition, end) -> readPartition(consumer, new TopicPartition(topic, partition), end, sink));
        } catch (TimeoutException e) {
            throw cluster.unreachable(e);
        }
    }

    private void readPartition(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        begin(consumer, List.of(partition));
        Duration stalledAfter = cluster.timeout(STALLED_AFTER_MS);
        long deadline = System.nanoTime() + stalledAfter.toNanos();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                deadline = System.nanoTime() + stalledAfter.toNanos();
                if (record.offset() < end) {
                    sink.accept(record);
                }
            }
            if (System.nanoTime() > deadline) {
                throw stalled(partition, new TimeoutException("no record for " + stalledAfter));
            }
        }
    }

    private ClusterException stalled(TopicPartition partition, TimeoutException cause) {
        try (Admin admin = cluster.admin()) {
            OpenTransactions transactions = new OpenTransactions(admin, cluster.bootstrapServers());
            OpenTransactions.Held held =
                    transactions.held(List.of(partition.topic())).get(partition);
            return held == null
                    ? cluster.unreachable(cause)
                    : new ClusterException(
                            ClusterException.Kind.LOG_HELD,
                            transactions.named(partition, held).sentence(),
                            cause);
        } catch (KafkaException e) {
            return cluster.unreachable(e);
        }
    }

    /** It warns of an open transaction for whose end the reader waits. */
    private TransactionWatch watch(String topic) {
        return TransactionWatch.start(ConfiguredSerializers.without(cluster.client()), List.of(topic));
    }

    /** Reads from the beginning and goes on until told to stop; says so where an open transaction holds it up. */
    @SuppressWarnings("try") // the watch speaks for itself
    public void follow(String topic, Sink sink, BooleanSupplier stopped) {
        Map<TopicPartition, Long> ends = highWatermarks(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer();
                TransactionWatch watch = watch(topic);
                Deserializer<?> deserializer = cluster.deserializer()) {
            begin(consumer, ends.keySet());
            while (!stopped.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record, deserializer, sink);
                }
            }
        }
    }

    /** The end of each partition, open transactions included. */
    public Map<TopicPartition, Long> highWatermarks(String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    /** The offset of each partition's oldest record. */
    public SortedMap<Integer, Long> oldest(String topic) {
        SortedMap<Integer, Long> oldest = new TreeMap<>();
        offsets(topic, OffsetSpec.earliest()).forEach((partition, begin) -> oldest.put(partition.partition(), begin));
        return oldest;
    }

    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
        try (Admin admin = cluster.admin()) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            cluster.answer(admin.describeTopics(List.of(topic))
                            .topicNameValues()
                            .get(topic))
                    .partitions()
                    .forEach(partition -> asked.put(new TopicPartition(topic, partition.partition()), which));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            cluster.answer(admin.listOffsets(asked).all())
                    .forEach((partition, found) -> offsets.put(partition, found.offset()));
            return offsets;
        } catch (ClusterException e) {
            throw e.getCause() instanceof UnknownTopicOrPartitionException
                    ? new ClusterException(
                            ClusterException.Kind.TOPIC_MISSING, "The topic does not exist: topic=" + topic, e)
                    : cluster.named(e, topic);
        }
    }

    private static void begin(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Deserializer<?> deserializer, Sink sink) {
        sink.take(decoded(record, deserializer), record.partition(), record.offset(), record.timestamp());
    }

    /** What the bytes say; null if they are no record of ours, which is noted. */
    Object decoded(ConsumerRecord<byte[], byte[]> record, Deserializer<?> deserializer) {
        try {
            return record.value() == null
                    ? null
                    : deserializer.deserialize(record.topic(), record.headers(), record.value());
        } catch (DecodingException e) {
            if (e.failure() == DecodingException.Failure.REGISTRY_UNAVAILABLE) {
                throw e;
            }
            return undecoded(record, e);
        } catch (SerializationException e) {
            return undecoded(record, e);
        }
    }

    private Object undecoded(ConsumerRecord<byte[], byte[]> record, SerializationException e) {
        String reason = DecodingException.Failure.of(e).name();
        undecoded.add(record.topic(), record.partition(), record.offset(), reason);
        return null;
    }
}
