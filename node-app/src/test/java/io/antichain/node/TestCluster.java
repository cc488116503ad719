package io.antichain.node;

import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a registry, and what a test needs to look at the log without a node. */
final class TestCluster implements AutoCloseable {
    private final Path folder;
    private EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    TestCluster(Path folder) {
        this.folder = folder;
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
    }

    Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
    }

    /** Topics of their own for one test. */
    Topics topics(String prefix, int partitions) throws Exception {
        Topics topics = new Topics(prefix + ".");
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(
                            new NewTopic(topics.events(), partitions, (short) 1),
                            new NewTopic(topics.clocks(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        return topics;
    }

    NodeSettings settings(String process, Topics topics) {
        return NodeSettings.of(process, client()).withTopics(topics);
    }

    /** Every committed record of the events topic, partition by partition, in log order. */
    List<Event> events(Topics topics) {
        List<Event> events = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", broker.bootstrapServers(),
                                "isolation.level", "read_committed",
                                "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var deserializer = new AvroDeserializer()) {
            deserializer.configure(client(), false);
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(topics.events()).size())
                    .mapToObj(partition -> new TopicPartition(topics.events(), partition))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    boolean framed = record.value() != null && record.value().length > 0 && record.value()[0] == 0;
                    if (framed) {
                        events.add(WireCodec.fromWire(
                                (io.antichain.wire.Event) deserializer.deserialize(record.topic(), record.value())));
                    }
                }
            }
        }
        return events;
    }

    /** Appends bytes to a topic, past every node. */
    void append(String topic, byte[] key, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** A transaction of a stranger, with a record in {@code topic}, that stays open until closed or 8 s have passed. */
    AutoCloseable openTransaction(String topic) throws Exception {
        var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "stranger-" + topic,
                        "transaction.timeout.ms",
                        8_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1}))
                .get();
        return producer;
    }

    void stopBroker() {
        broker.close();
    }

    /** On the same data and the same port. */
    void startBroker() {
        String address = broker.bootstrapServers();
        broker = EmbeddedBroker.start(
                folder.resolve("broker"), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }

    static VectorClock clockOf(Event event) {
        return event.clock().orElseThrow();
    }
}
