package io.antichain.interop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The committed records of topics from their beginning, read with Confluent's deserializer. */
final class CommittedRecords implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final KafkaConsumer<String, IdentifiedValue> consumer;

    CommittedRecords(CheckSettings settings, List<String> topics) {
        consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers",
                settings.bootstrapServer(),
                "schema.registry.url",
                settings.registryUrl(),
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                IdentifiedValue.Reader.class,
                "isolation.level",
                "read_committed",
                "allow.auto.create.topics",
                false));
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos == null || infos.isEmpty()) {
                throw new DifferenceException(
                        "A topic is missing: topic=" + topic + "; create it with ./antichain init");
            }
            infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Hands out what was not handed out yet, up to what is committed now; waits a second for news where there is none.
     *
     * @return whether all of it was read before the deadline
     * @throws DifferenceException if the deserializer cannot read a value
     */
    boolean readOn(Instant deadline, Consumer<ConsumerRecord<String, IdentifiedValue>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        do {
            try {
                consumer.poll(WAIT).forEach(reader);
            } catch (RecordDeserializationException unreadable) {
                throw new DifferenceException(
                        "Confluent's deserializer cannot read a value: partition=" + unreadable.topicPartition()
                                + ", offset=" + unreadable.offset() + ", reason=" + unreadable.getCause(),
                        unreadable);
            }
        } while (!isRead(ends) && Instant.now().isBefore(deadline));
        return isRead(ends);
    }

    private boolean isRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
