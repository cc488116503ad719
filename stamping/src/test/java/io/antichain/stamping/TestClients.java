package io.antichain.stamping;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own fakes, which its clients of each version bring, and records for them. */
final class TestClients {
    static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);

    private TestClients() {}

    static MockProducer<String, String> producer() {
        Node node = new Node(0, "localhost", 9092);
        List<PartitionInfo> partitions = IntStream.range(0, 2)
                .mapToObj(i -> new PartitionInfo("orders", i, node, new Node[] {node}, new Node[] {node}))
                .toList();
        Cluster cluster = new Cluster("c", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new StringSerializer(), new StringSerializer());
    }

    @SuppressWarnings("deprecation") // The other constructor came with 4.0.
    static MockConsumer<String, String> consumer() {
        MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
        consumer.updateBeginningOffsets(Map.of(ORDERS_0, 0L, ORDERS_1, 0L));
        return consumer;
    }

    static Stamp stamp(String dot, String clock) {
        return new Stamp(Dot.parse(dot), VectorClock.parse(clock), new LamportTimestamp(1));
    }

    static ConsumerRecord<String, String> record(TopicPartition partition, long offset, String dot, String clock) {
        return record(partition, offset, BinaryForm.encode(stamp(dot, clock)));
    }

    static ConsumerRecord<String, String> record(TopicPartition partition, long offset, byte[] header) {
        ConsumerRecord<String, String> record =
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", "value " + offset);
        record.headers().add(StampHeader.NAME, header);
        return record;
    }

    static Stamp stampOf(ProducerRecord<?, ?> record) {
        return stampOf(record.headers());
    }

    static Stamp stampOf(Headers headers) {
        return StampHeader.read(headers.lastHeader(StampHeader.NAME).value());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
