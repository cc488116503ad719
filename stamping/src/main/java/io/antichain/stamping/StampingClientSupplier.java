package io.antichain.stamping;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Clients for Kafka Streams that stamp and deliver, by {@code default.client.supplier} alone. Records for changelogs are not
 * stamped. Streams takes a whole poll into its queues before it processes the first record, so a record is said to know what was
 * polled with it; and it uses the metadata of committed offsets itself, so a new life reads the ends of its partitions.
 *
 * <p>With {@code group.protocol=streams} Kafka Streams makes its main consumer without asking: then nothing that is read is known.
 */
public final class StampingClientSupplier implements KafkaClientSupplier {
    private static final String PROCESS = "antichain.process";

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Stamping stamping = open(config);
        stamping.begins("Kafka Streams producer", "each record is stamped, but for those of changelogs");
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        return new StampingProducer<>(stamping, producer, stamping::close, topic -> !topic.endsWith("-changelog"));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return delivering(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return delivering(config);
    }

    /** Restoring its own state tells a process nothing that it did not know. */
    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Consumer<byte[], byte[]> delivering(Map<String, Object> config) {
        Stamping stamping = open(config);
        stamping.begins("Kafka Streams consumer", "a whole poll is known once Streams has it");
        return new DeliveringConsumer<>(
                stamping,
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                stamping::close);
    }

    /** Streams gives each thread's consumer a group instance id of its own; an application is one process. */
    private static Stamping open(Map<String, Object> config) {
        Map<String, Object> properties = new HashMap<>(config);
        if (!properties.containsKey(PROCESS)) {
            properties.remove("group.instance.id");
        }
        return Stamping.open(properties);
    }
}
