package io.antichain.node.kafka;

import io.antichain.schemas.registry.ConfiguredSerializers;
import io.antichain.schemas.registry.RegistryLoginRefusedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes a node's Kafka clients. Defaults give way to the user's settings; what the guarantees rest on does not.
 */
final class Clients {
    // A stopped node holds up every read_committed reader until its transaction times out: keep that short. A send must
    // have failed before, and no call may block the writer thread for much longer.
    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(
            "transaction.timeout.ms", 10_000,
            "request.timeout.ms", 4_000,
            "delivery.timeout.ms", 8_000,
            "max.block.ms", 8_000,
            // A commit sends at once what waits; until then a transaction's records gather into as few requests as they
            // can.
            "linger.ms", 5);

    private static final Map<String, Object> PRODUCER_FIXED = Map.of("enable.idempotence", true, "acks", "all");

    private static final Map<String, Object> CONSUMER_DEFAULTS = Map.of(
            "max.poll.records", 500,
            // What is fetched and not handed over yet is memory too.
            "fetch.max.bytes", 8 * 1024 * 1024,
            "request.timeout.ms", 10_000,
            "default.api.timeout.ms", 10_000);

    private static final Map<String, Object> CONSUMER_FIXED = Map.of(
            "key.deserializer",
            ByteArrayDeserializer.class.getName(),
            "value.deserializer",
            ByteArrayDeserializer.class.getName(),
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "allow.auto.create.topics",
            false);

    private static final Map<String, Object> ADMIN_DEFAULTS =
            Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 8_000);

    private final KafkaNodeSettings settings;

    Clients(KafkaNodeSettings settings) {
        this.settings = settings;
    }

    Producer<String, Object> producer() {
        Map<String, Object> fixed = new HashMap<>(PRODUCER_FIXED);
        fixed.put("transactional.id", transactionalId(settings));
        return new KafkaProducer<>(
                layered(PRODUCER_DEFAULTS, fixed),
                new StringSerializer(),
                ConfiguredSerializers.serializer(settings.client()));
    }

    static String transactionalId(KafkaNodeSettings settings) {
        return settings.topics().prefix() + settings.process();
    }

    /**
     * A consumer of bytes: what they mean is for the {@link LogRecordDecoder} to say, so that one bad record ends nothing.
     *
     * @param whereGone where it reads on if its position is not in the log: {@code earliest}, or {@code none} to be told
     */
    Consumer<byte[], byte[]> consumer(String whereGone) {
        Map<String, Object> layered = layered(CONSUMER_DEFAULTS, CONSUMER_FIXED);
        layered.put("auto.offset.reset", whereGone);
        layered.remove("group.id");
        layered.remove("group.instance.id");
        return new KafkaConsumer<>(layered);
    }

    Admin admin() {
        return Admin.create(layered(ADMIN_DEFAULTS, Map.of()));
    }

    /** The value deserializer that the settings name, ours if none. */
    Deserializer<?> deserializer() {
        return ConfiguredSerializers.deserializer(settings.client());
    }

    /** Whether trying again cannot help a start: the settings or the rights are wrong, or a topic is missing. */
    static boolean isHopeless(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigException
                    || cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException
                    || cause instanceof UnknownTopicOrPartitionException
                    || cause instanceof RegistryLoginRefusedException) {
                return true;
            }
        }
        return false;
    }

    /** The message nearest to what happened: "Failed to construct kafka producer" helps nobody. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause().getMessage() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private Map<String, Object> layered(Map<String, Object> defaults, Map<String, Object> fixed) {
        Map<String, Object> layered = new HashMap<>(defaults);
        layered.putAll(settings.client());
        layered.putAll(fixed);
        return layered;
    }
}
