package io.antichain.analyzer.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the past with clients of its own, outside any group. For any number of threads. */
public final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int RECORDS_A_POLL = 5_000;
    private static final int FETCH_BYTES = 8 << 20;

    private final Map<String, Object> client;
    private final String group;
    private Admin admin;

    /**
     * @param client bootstrap servers, security and any other consumer setting
     * @param group the analyzer's consumer group, whose offsets are asked for
     */
    public KafkaEventLog(Map<String, Object> client, String group) {
        this.client = new HashMap<>(client);
        this.group = group;
        this.client.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        this.client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        this.client.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        this.client.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    }

    @Override
    public Reading read(String topic, int partition, long fromOffset) {
        TopicPartition from = new TopicPartition(topic, partition);
        KafkaConsumer<byte[], byte[]> consumer = consumer(client);
        consumer.assign(List.of(from));
        consumer.seek(from, fromOffset);
        return new Polling(consumer, from);
    }

    @Override
    public long earliest(String topic, int partition) {
        return offset(new TopicPartition(topic, partition), OffsetSpec.earliest());
    }

    @Override
    public long end(String topic, int partition) {
        return offset(new TopicPartition(topic, partition), OffsetSpec.latest());
    }

    private long offset(TopicPartition of, OffsetSpec which) {
        return OpenTransactions.answer(admin().listOffsets(Map.of(of, which)).partitionResult(of))
                .offset();
    }

    /** Made when it is first needed, and kept: the earliest offset is asked for again and again. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(client);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public long committed(String topic, int partition) {
        TopicPartition of = new TopicPartition(topic, partition);
        Map<String, Object> asMember = new HashMap<>(client);
        asMember.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(asMember)) {
            OffsetAndMetadata committed = consumer.committed(Set.of(of)).get(of);
            return committed == null ? 0 : committed.offset();
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private record Polling(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) implements Reading {
        @Override
        public List<Logged> next() {
            List<Logged> records = new ArrayList<>();
            consumer.poll(POLL)
                    .forEach(record -> records.add(new Logged(
                            record.offset(), record.timestamp(), record.key(), record.value(), record.headers())));
            return records;
        }

        @Override
        public long position() {
            return consumer.position(partition);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
