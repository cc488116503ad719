package io.antichain.node;

import static org.awaitility.Awaitility.await;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
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
        try (var deserializer = new AvroDeserializer()) {
            deserializer.configure(client(), false);
            records(topics.events(), record -> {
                boolean framed = record.value() != null && record.value().length > 0 && record.value()[0] == 0;
                if (framed) {
                    events.add(WireCodec.fromWire(
                            (io.antichain.wire.Event) deserializer.deserialize(record.topic(), record.value())));
                }
            });
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

    /** Appends an event to a partition, as another version of this system may have written it. */
    void append(Topics topics, Event event, int partition) throws Exception {
        Map<String, Object> settings = new HashMap<>(client());
        settings.put("value.serializer", AvroSerializer.class.getName());
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        try (var producer = new KafkaProducer<byte[], Object>(settings)) {
            producer.send(new ProducerRecord<>(topics.events(), partition, null, WireCodec.toWire(event)))
                    .get();
        }
    }

    /** The end of a topic, over all its partitions. */
    long end(String topic) throws Exception {
        long[] end = {0};
        ends(topic).values().forEach(each -> end[0] += each);
        return end[0];
    }

    /** What the newest record of a process in the clocks topic holds, as bytes. */
    byte[] newestValue(Topics topics, String process) {
        byte[][] newest = new byte[1][];
        records(topics.clocks(), record -> {
            if (process.equals(new String(record.key(), StandardCharsets.UTF_8))) {
                newest[0] = record.value();
            }
        });
        return newest[0];
    }

    io.antichain.wire.ClockCheckpoint newestCheckpoint(Topics topics, String process) {
        try (var deserializer = new AvroDeserializer()) {
            deserializer.configure(client(), false);
            return (io.antichain.wire.ClockCheckpoint)
                    deserializer.deserialize(topics.clocks(), newestValue(topics, process));
        }
    }

    /** Deletes a topic and makes it anew. */
    void recreate(String topic) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
                return true;
            });
        }
    }

    /** Deletes everything that a topic holds now, as retention does. */
    void deleteRecords(String topic) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        ends(topic).forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
        try (Admin admin = Admin.create(client())) {
            admin.deleteRecords(all).all().get();
        }
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return IntStream.range(0, consumer.partitionsFor(topic).size())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private void records(String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(action);
            }
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
}
