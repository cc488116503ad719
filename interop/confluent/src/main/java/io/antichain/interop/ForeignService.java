package io.antichain.interop;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** A service that writes events by itself, as docs/cluster.md says, with Confluent's serializer and its defaults. */
final class ForeignService {
    private static final String KEY = "seat-12";

    /** The settings that decide how Confluent's serializer finds a schema's id. */
    private static final List<Map<String, Object>> WAYS = List.of(
            Map.of(),
            Map.of("normalize.schemas", true),
            Map.of("avro.remove.java.properties", true),
            Map.of("auto.register.schemas", false),
            Map.of("auto.register.schemas", false, "use.latest.version", true));

    private final CheckSettings settings;
    private final String topic;
    private final String process;
    private final Schema schema;

    ForeignService(CheckSettings settings, String process, Schema schema) {
        this.settings = settings;
        this.topic = settings.topic("events");
        this.process = process;
        this.schema = schema;
    }

    String process() {
        return process;
    }

    /**
     * Whichever way the serializer finds the id, it is ours.
     *
     * @throws DifferenceException if it is another, or the serializer fails
     */
    void mustWriteWithId(int id) {
        GenericRecord event = event(new PublishedEvents());
        for (Map<String, Object> way : WAYS) {
            int written = idWritten(event, way);
            if (written != id) {
                throw new DifferenceException("Confluent's serializer writes another schema id than ours: process="
                        + process + ", settings=" + way + ", id=" + written + ", ours=" + id);
            }
        }
    }

    private int idWritten(GenericRecord event, Map<String, Object> way) {
        Map<String, Object> configuration = new HashMap<>(way);
        configuration.put("schema.registry.url", settings.registryUrl());
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(configuration, false);
            return ByteBuffer.wrap(serializer.serialize(topic, event)).getInt(1);
        } catch (KafkaException failed) {
            throw new DifferenceException(
                    "Confluent's serializer cannot write an event: process=" + process + ", settings=" + way
                            + ", reason=" + failed + ", cause=" + failed.getCause(),
                    failed);
        }
    }

    /** Publishes the next event, which knows the events given and the service's own, and no others. Returns its dot. */
    String publish(PublishedEvents known) throws ExecutionException, InterruptedException {
        GenericRecord event = event(known);
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers",
                settings.bootstrapServer(),
                "schema.registry.url",
                settings.registryUrl(),
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                KafkaAvroSerializer.class))) {
            producer.send(new ProducerRecord<>(topic, KEY, event)).get();
        }
        return PublishedEvent.dot(process, (Long) event.get("counter"));
    }

    private GenericRecord event(PublishedEvents known) {
        Map<String, Long> clock = known.clock();
        long counter = clock.merge(process, 1L, Long::sum);
        return new GenericRecordBuilder(schema)
                .set("process", process)
                .set("counter", counter)
                .set("clock", clock)
                .set("lamport", known.lamport() + 1)
                .set("key", KEY)
                .set("payload", "taken by " + process)
                .set("publishedAt", System.currentTimeMillis())
                .set("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "MESSAGE"))
                .build();
    }
}
