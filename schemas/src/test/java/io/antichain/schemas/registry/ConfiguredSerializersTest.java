package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.wire.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** Serializers of others, named by the settings. */
class ConfiguredSerializersTest {

    /** Writes with Avro alone, and keeps what it is told. */
    public static final class OtherSerializer implements Serializer<Event> {
        private static final Map<String, Object> TOLD = new ConcurrentHashMap<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            TOLD.putAll(configs);
        }

        @Override
        public byte[] serialize(String topic, Event event) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            try {
                new SpecificDatumWriter<Event>(event.getSchema()).write(event, encoder);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return bytes.toByteArray();
        }
    }

    /** Reads generated classes with Avro alone, as Confluent's does. */
    public static final class OtherDeserializer implements Deserializer<Event> {
        @Override
        public Event deserialize(String topic, byte[] bytes) {
            try {
                return new SpecificDatumReader<Event>(Event.getClassSchema())
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /** A program that has none of our serializers at work. */
    public static final class Program {
        public static void main(String[] arguments) {
            byte[] bytes = ConfiguredSerializers.serializer(Map.of("value.serializer", OtherSerializer.class.getName()))
                    .serialize("events", WireFormatTest.event());
            System.out.println(
                    ConfiguredSerializers.deserializer(Map.of("value.deserializer", OtherDeserializer.class.getName()))
                            .deserialize("events", bytes));
        }
    }

    @Test
    void anotherSerializerFindsTheVersionThatOursHasRegistered() {
        ConfiguredSerializers.serializer(Map.of("value.serializer", OtherSerializer.class.getName()));
        assertThat(OtherSerializer.TOLD).containsEntry("avro.remove.java.properties", true);
    }

    /** In a JVM of its own, as a test before this one may have vouched for our classes. */
    @Test
    void anotherDeserializerMayMakeOurRecords() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains(WireFormatTest.event().toString());
    }
}
