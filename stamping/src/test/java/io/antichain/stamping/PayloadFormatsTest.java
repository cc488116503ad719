package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services write what they always wrote: whoever reads without the library gets key and value to the byte, whatever the format. */
@Timeout(1_200)
class PayloadFormatsTest {
    private static final int RECORDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    record Order(String article, int pieces) {}

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        registry = EmbeddedRegistry.start(folder.resolve("registry"), 0);
        try (Admin admin = Admin.create(properties())) {
            admin.createTopics(List.of("json", "avro", "protobuf", "raw").stream()
                            .flatMap(format -> List.of("bare", "wrapped", "intercepted").stream()
                                    .map(level -> new NewTopic(format + "-" + level, 1, (short) 1)))
                            .toList())
                    .all()
                    .get(5, TimeUnit.MINUTES);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
        registry.close();
    }

    private static Map<String, Object> properties() {
        return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @Test
    void jsonStaysAsItIs() {
        staysAsItIs(
                "json",
                json(),
                json(),
                number -> new Order("article " + number, number),
                number -> new Order("article " + number, -number));
    }

    @Test
    void avroStaysAsItIs() {
        staysAsItIs("avro", avro(true), avro(false), PayloadFormatsTest::event, PayloadFormatsTest::event);
    }

    @Test
    void protobufStaysAsItIs() throws Exception {
        Descriptor order = order();
        IntFunction<Message> message = number -> DynamicMessage.newBuilder(order)
                .setField(order.findFieldByName("article"), "article " + number)
                .setField(order.findFieldByName("pieces"), -number)
                .build();
        staysAsItIs("protobuf", protobuf(), protobuf(), message, message);
    }

    @Test
    void rawBytesStayAsTheyAre() {
        staysAsItIs(
                "raw",
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                number -> number == 0 ? null : new byte[] {(byte) number, 0, -1},
                number -> number == 1 ? null : new byte[number * 31]);
    }

    /** Writes the same by a bare producer, a wrapped one and one with an interceptor, and reads bytes. */
    private static <K, V> void staysAsItIs(
            String format, Serializer<K> keys, Serializer<V> values, IntFunction<K> key, IntFunction<V> value) {
        send(new KafkaProducer<>(properties(), keys, values), format + "-bare", key, value);
        Map<String, Object> named = properties();
        named.put("antichain.process", format);
        named.put("antichain.on.error", "fail");
        try (Stamping stamping = Stamping.open(named)) {
            send(stamping.wrap(new KafkaProducer<>(properties(), keys, values)), format + "-wrapped", key, value);
        }
        named.put("interceptor.classes", StampingInterceptor.class.getName());
        send(new KafkaProducer<>(named, keys, values), format + "-intercepted", key, value);

        List<ConsumerRecord<byte[], byte[]>> bare = read(format + "-bare");
        for (String level : List.of("wrapped", "intercepted")) {
            List<ConsumerRecord<byte[], byte[]>> stamped = read(format + "-" + level);
            for (int i = 0; i < RECORDS; i++) {
                assertThat(stamped.get(i).key()).isEqualTo(bare.get(i).key());
                assertThat(stamped.get(i).value()).isEqualTo(bare.get(i).value());
                assertThat(TestClients.stampOf(stamped.get(i).headers())
                                .dot()
                                .process()
                                .name())
                        .isEqualTo(format);
                assertThat(bare.get(i).headers()).isEmpty();
            }
        }
    }

    private static <K, V> void send(Producer<K, V> producer, String topic, IntFunction<K> key, IntFunction<V> value) {
        try (producer) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(topic, key.apply(i), value.apply(i)));
            }
        }
    }

    /** As somebody reads who has never heard of the library. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(Duration.ofMinutes(5)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                return read.size() >= RECORDS;
            });
        }
        return read;
    }

    private static Serializer<Object> json() {
        return (topic, value) -> {
            try {
                return JSON.writeValueAsBytes(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static Serializer<SpecificRecord> avro(boolean isKey) {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(Map.of("schema.registry.url", registry.url()), isKey);
        return serializer;
    }

    private static SpecificRecord event(int number) {
        ProcessId process = ProcessId.of("somebody");
        return WireCodec.toWire(new Event(
                process,
                number + 1,
                Optional.of(VectorClock.of(Map.of(process, number + 1L))),
                new LamportTimestamp(number + 1),
                Optional.empty(),
                "payload " + number,
                0,
                Event.Kind.MESSAGE));
    }

    private static Serializer<Message> protobuf() {
        return (topic, message) -> message.toByteArray();
    }

    /** {@code message Order { string article = 1; sint32 pieces = 2; }}, without its compiler. */
    private static Descriptor order() throws DescriptorValidationException {
        DescriptorProto order = DescriptorProto.newBuilder()
                .setName("Order")
                .addField(FieldDescriptorProto.newBuilder()
                        .setName("article")
                        .setNumber(1)
                        .setType(Type.TYPE_STRING))
                .addField(FieldDescriptorProto.newBuilder()
                        .setName("pieces")
                        .setNumber(2)
                        .setType(Type.TYPE_SINT32))
                .build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("order.proto")
                .addMessageType(order)
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Order");
    }
}
