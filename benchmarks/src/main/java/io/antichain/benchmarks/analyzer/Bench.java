package io.antichain.benchmarks.analyzer;

import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a registry in this JVM, with logs to read. */
final class Bench implements AutoCloseable {
    private final Path folder;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final Map<String, Object> client;
    private final Admin admin;

    Bench() {
        try {
            folder = Files.createTempDirectory("antichain-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url());
        admin = Admin.create(client);
    }

    Map<String, Object> client() {
        return client;
    }

    Admin admin() {
        return admin;
    }

    /** A folder that is new, for the state of one run. */
    Path stateFolder() throws IOException {
        return Files.createTempDirectory(folder, "state");
    }

    void createOutputs(Topics topics) {
        for (String topic : List.of(topics.conflicts(), topics.anomalies(), topics.deadLetters())) {
            create(topic, 1);
        }
    }

    /** Makes a topic, and waits until all its partitions answer: what is sent to one that is being made can be lost. */
    void create(String topic, int partitions) {
        create(new NewTopic(topic, partitions, (short) 1).configs(Map.of("message.timestamp.type", "LogAppendTime")));
    }

    /** As {@link #create(String, int)}, with other settings. */
    void create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
            while (!answers(topic.name())) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answers(String topic) throws InterruptedException, ExecutionException {
        try {
            ends(topic);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    /** How many offsets all partitions of a topic have given, together. */
    long ends(String topic) throws InterruptedException, ExecutionException {
        int partitions = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /**
     * Makes a topic with so many events, by key.
     *
     * @throws IllegalStateException if the broker did not take all of them
     */
    void write(String topic, int partitions, TurnsLog log, long events) {
        create(topic, partitions);
        Map<String, Object> config = new HashMap<>(client);
        config.put("linger.ms", 20);
        config.put("batch.size", 256 * 1024);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (AvroSerializer serializer = new AvroSerializer();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            serializer.configure(client, false);
            for (long i = 0; i < events; i++) {
                Event event = log.next();
                String key = event.key().orElseThrow();
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                Math.floorMod(key.hashCode(), partitions),
                                key.getBytes(StandardCharsets.UTF_8),
                                serializer.serialize(topic, WireCodec.toWire(event))),
                        (metadata, e) -> failure.compareAndSet(null, e));
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException(
                    "The broker did not take all events: topic=" + topic + ", events=" + events, failure.get());
        }
    }

    /** A consumer at the beginning of a topic's partition 0, read_committed. */
    KafkaConsumer<byte[], byte[]> consumer(String topic) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        consumer.seekToBeginning(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
