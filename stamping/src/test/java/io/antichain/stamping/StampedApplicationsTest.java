package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications as they are, with the library added: what others see of it, on a real broker. */
@Timeout(1_200)
class StampedApplicationsTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of("plain", "intercepted", "streams-in", "streams-out", "lives").stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get(5, TimeUnit.MINUTES);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Map<String, Object> properties(String... more) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** As somebody reads who has never heard of the library. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        Map<String, Object> properties =
                properties("auto.offset.reset", "earliest", "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(Duration.ofMinutes(5)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                return read.size() >= count;
            });
        }
        return read;
    }

    @Test
    void whoeverReadsWithoutTheLibraryGetsTheSameBytes() {
        Random random = new Random(7);
        List<byte[]> values = new ArrayList<>();
        try (Stamping stamping = Stamping.open(properties("antichain.process", "plain"));
                StampingProducer<byte[], byte[]> producer = stamping.wrap(producer(properties()))) {
            for (int i = 0; i < 50; i++) {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                values.add(i % 10 == 0 ? null : value);
                producer.send(new ProducerRecord<>(
                        "plain", "k".getBytes(java.nio.charset.StandardCharsets.UTF_8), values.get(i)));
            }
            producer.flush();
        }
        List<ConsumerRecord<byte[], byte[]>> read = read("plain", 50);
        for (int i = 0; i < 50; i++) {
            assertThat(read.get(i).value()).isEqualTo(values.get(i));
            assertThat(read.get(i).key()).isEqualTo(new byte[] {'k'});
            assertThat(TestClients.stampOf(read.get(i).headers()).dot().counter())
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void livesThatBeginAtOneMomentUnderOneNameHaveDifferentNumbers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> begun = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                begun.add(threads.submit(() -> {
                    Surroundings.LifeNumber number =
                            new KafkaSurroundings().lifeNumber("twin", properties("acks", "all"));
                    assertThat(number.reason()).isEmpty();
                    return number.incarnation();
                }));
            }
            Set<Integer> numbers = new HashSet<>();
            for (Future<Integer> life : begun) {
                assertThat(numbers.add(life.get(10, TimeUnit.MINUTES))).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLifeKnowsWhatTheOneBeforeHadPublished() {
        for (int life = 0; life < 3; life++) {
            try (Stamping stamping = Stamping.open(properties("antichain.process", "lives"));
                    StampingProducer<byte[], byte[]> producer = stamping.wrap(producer(properties()))) {
                producer.send(new ProducerRecord<>("lives", new byte[] {1}));
                producer.flush();
            }
        }
        List<Stamp> stamps = read("lives", 3).stream()
                .map(record -> TestClients.stampOf(record.headers()))
                .toList();
        assertThat(stamps.get(1).clock().includes(stamps.get(0).dot())).isTrue();
        assertThat(stamps.get(2).clock().includes(stamps.get(0).dot())).isTrue();
        assertThat(stamps.get(2).clock().includes(stamps.get(1).dot())).isTrue();
        assertThat(stamps.get(2).clock().size()).isEqualTo(3);
    }

    @Test
    void interceptorsStampByConfigurationAlone() {
        Map<String, Object> properties = properties(
                "antichain.process", "configured", "interceptor.classes", StampingInterceptor.class.getName());
        try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
            producer.send(new ProducerRecord<>("intercepted", new byte[] {1}));
        }
        assertThat(TestClients.stampOf(read("intercepted", 1).get(0).headers())
                        .dot()
                        .process()
                        .name())
                .isEqualTo("configured");
    }

    @Test
    void aStreamsApplicationStampsByConfigurationAloneAndExactlyOnce() {
        try (Stamping stamping = Stamping.open(properties("antichain.process", "source"));
                StampingProducer<byte[], byte[]> producer = stamping.wrap(producer(properties()))) {
            for (byte i = 0; i < 5; i++) {
                producer.send(new ProducerRecord<>("streams-in", new byte[] {'k'}, new byte[] {i}));
            }
        }
        Properties config = new Properties();
        config.putAll(properties(
                "application.id", "doubler",
                "antichain.process", "doubler",
                "default.client.supplier", StampingClientSupplier.class.getName(),
                "processing.guarantee", "exactly_once_v2",
                "state.dir", folder.resolve("state").toString()));
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        "streams-in",
                        org.apache.kafka.streams.kstream.Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .mapValues(value -> new byte[] {(byte) (2 * value[0])})
                .to(
                        "streams-out",
                        org.apache.kafka.streams.kstream.Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        try (KafkaStreams streams = new KafkaStreams(builder.build(), config)) {
            streams.start();
            List<ConsumerRecord<byte[], byte[]>> read = read("streams-out", 5);
            List<Stamp> causes = read("streams-in", 5).stream()
                    .map(record -> TestClients.stampOf(record.headers()))
                    .toList();
            for (int i = 0; i < 5; i++) {
                assertThat(read.get(i).value()).containsExactly(2 * i);
                assertThat(read.get(i).headers().headers(StampHeader.NAME)).hasSize(1);
                Stamp stamp = TestClients.stampOf(read.get(i).headers());
                assertThat(stamp.dot().process().name()).isEqualTo("doubler");
                assertThat(stamp.clock().includes(causes.get(i).dot())).isTrue();
            }
        }
    }
}
