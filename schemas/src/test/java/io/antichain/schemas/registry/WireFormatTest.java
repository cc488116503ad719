package io.antichain.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.schemas.RandomValues;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.wire.Event;
import io.antichain.wire.EventKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private static final Path AVRO = Path.of("src/main/avro");
    private static final long SEED = Long.getLong("antichain.seed", 20_260_104L);

    private final FakeRegistry registry = new FakeRegistry();
    private final Surrounds surrounds = new Surrounds(SEED);

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void bytesAreMagicThenIdThenAvroBinary() {
        registry.add("other-value", "\"string\"");
        byte[] bytes = surrounds.serializer(registry.url()).serialize("events", event());
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00" + "00000002" // frame: the second schema of this registry
                        + "02" + "61" // process "a"
                        + "0a" // counter 5
                        + "02" + "02" + "0261" + "0a" + "00" // union branch 1, one entry, "a" = 5, end
                        + "0e" // lamport 7
                        + "00" // key null
                        + "02" + "70" // payload "p"
                        + "d00f" // publishedAt 1000
                        + "02"); // kind MESSAGE
    }

    @Test
    void everyRecordComesBack() {
        System.out.println("WireFormatTest: -Dantichain.seed=" + SEED);
        AvroSerializer serializer = surrounds.serializer(registry.url());
        AvroDeserializer deserializer = surrounds.deserializer(registry.url());
        RandomValues values = new RandomValues(SEED);
        for (int i = 0; i < 2_000; i++) {
            for (SpecificRecord wire : List.of(
                    WireCodec.toWire(values.event()),
                    WireCodec.toWire(values.checkpoint()),
                    WireCodec.toWire(values.conflict()),
                    WireCodec.toWire(values.anomaly()))) {
                String topic = wire.getSchema().getName();
                assertThat(deserializer.deserialize(topic, serializer.serialize(topic, wire)))
                        .isEqualTo(wire);
            }
        }
        assertThat(registry.requests())
                .as("each schema registered once, fetched once")
                .hasSize(8);
    }

    @Test
    void equalValuesHaveEqualBytes() {
        AvroSerializer serializer = surrounds.serializer(registry.url());
        RandomValues once = new RandomValues(SEED);
        RandomValues again = new RandomValues(SEED);
        for (int i = 0; i < 500; i++) {
            assertThat(serializer.serialize("events", WireCodec.toWire(once.event())))
                    .isEqualTo(serializer.serialize("events", WireCodec.toWire(again.event())));
        }
    }

    @Test
    void nullStaysNull() {
        assertThat(surrounds.serializer(registry.url()).serialize("clocks", null))
                .isNull();
        assertThat(surrounds.deserializer(registry.url()).deserialize("clocks", null))
                .isNull();
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void subjectsAreNamedAfterTopicAndRole() {
        surrounds.serializer(registry.url()).serialize("a b/ü", event());
        AvroSerializer keys = new AvroSerializer();
        keys.configure(Surrounds.configs(registry.url()), true);
        keys.serialize("events", event());
        assertThat(registry.requests())
                .containsExactly("POST /subjects/a%20b%2F%C3%BC-value/versions", "POST /subjects/events-key/versions");
    }

    /** So that a service in whatever language, which has nothing but the file, finds our id and adds no version. */
    @Test
    void aSchemaIsRegisteredAsItsFileHasIt() throws IOException {
        Schema.Parser files = new Schema.Parser();
        for (String nested : List.of("EventRef", "Run")) {
            files.parse(AVRO.resolve(nested + ".avsc").toFile());
        }
        RandomValues values = new RandomValues(SEED);
        for (SpecificRecord wire : List.of(
                WireCodec.toWire(values.event()),
                WireCodec.toWire(values.checkpoint()),
                WireCodec.toWire(values.conflict()),
                WireCodec.toWire(values.anomaly()))) {
            String name = wire.getSchema().getName();
            String file = files.parse(AVRO.resolve(name + ".avsc").toFile()).toString();
            int id = registry.add("t-value", file);
            for (String settings : List.of("auto.register.schemas=true", "auto.register.schemas=false")) {
                byte[] bytes = surrounds
                        .serializer(registry.url(), settings.split("="))
                        .serialize("t", wire);
                assertThat(ByteBuffer.wrap(bytes).getInt(1))
                        .as(name + ", " + settings)
                        .isEqualTo(id);
            }
        }
    }

    @Test
    void missingFieldIsRefusedWithOneSentence() {
        AvroSerializer serializer = surrounds.serializer(registry.url());
        assertThatThrownBy(() -> serializer.serialize("events", new Event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageMatching("A record's fields fit its schema: topic=events, .+; set every field .+");
    }

    static Event event() {
        return new Event("a", 5L, Map.of("a", 5L), 7L, null, "p", Instant.ofEpochMilli(1_000), EventKind.MESSAGE);
    }
}
