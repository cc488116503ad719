package io.antichain.analyzer.topology;

import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.schemas.registry.AvroDeserializer;
import io.antichain.schemas.registry.AvroSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams, its clients and the serializers, made from those of the analyzer.
 *
 * <p>Why these: exactly-once, so that results and progress are committed together; static membership and a short session, so
 * that a killed instance is replaced in seconds; a transaction time-out of 10 s, which bounds how long a dead instance's
 * transaction holds up readers.
 */
final class StreamSettings {
    private final AnalyzerSettings settings;

    StreamSettings(AnalyzerSettings settings) {
        this.settings = settings;
    }

    Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        client.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        return client;
    }

    Map<String, Object> streams() {
        Map<String, Object> streams = new HashMap<>();
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        streams.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Records of a task's partitions may come in any order: waiting for the one that is behind gains nothing.
        streams.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        streams.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        streams.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        streams.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        streams.putAll(client());
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        streams.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDirectory().toAbsolutePath().toString());
        streams.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.applicationId() + "-" + settings.instanceId());
        return streams;
    }

    Deserializer<?> deserializer() {
        Map<String, Object> config = new HashMap<>(settings.client());
        config.put("specific.avro.reader", true);
        Deserializer<?> deserializer = instance(
                config.getOrDefault(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, AvroDeserializer.class),
                Deserializer.class);
        deserializer.configure(config, false);
        return deserializer;
    }

    @SuppressWarnings("unchecked")
    Serializer<Object> serializer() {
        Serializer<Object> serializer = instance(
                settings.client().getOrDefault(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class),
                Serializer.class);
        serializer.configure(settings.client(), false);
        return serializer;
    }

    private static <T> T instance(Object nameOrClass, Class<T> type) {
        try {
            return nameOrClass instanceof Class<?> named
                    ? type.cast(Utils.newInstance(named))
                    : Utils.newInstance(nameOrClass.toString(), type);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "A serializer's class must be on the class path: class=" + nameOrClass, e);
        }
    }
}
