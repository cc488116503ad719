package io.antichain.analyzer.stream;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.settings.StartRefusedException.Reason;
import io.antichain.schemas.registry.ConfiguredSerializers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams, its clients and the serializers, made from those of the analyzer.
 *
 * <p>Why these: exactly-once, so that results and progress are committed together; static membership and a short session, so
 * that a killed instance is replaced in seconds; a transaction time-out of 10 s, which bounds how long a dead instance's
 * transaction holds up readers.
 */
public final class StreamSettings {
    /** What exactly-once, the group and the reading from the beginning rest on. */
    private static final Set<String> FIXED = Set.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.APPLICATION_ID_CONFIG,
            StreamsConfig.STATE_DIR_CONFIG,
            StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG,
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG);

    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX);

    private final AnalyzerSettings settings;

    /**
     * Takes the settings.
     *
     * @throws StartRefusedException if they set what the analyzer's promises rest on
     */
    public StreamSettings(AnalyzerSettings settings) {
        this.settings = settings;
        for (String key : settings.client().keySet()) {
            if (FIXED.contains(unprefixed(key))) {
                throw new StartRefusedException(
                        Reason.MISUSE,
                        "A setting is the analyzer's own: " + key + "="
                                + settings.client().get(key)
                                + "; leave it out of --command-config and --command-property",
                        null);
            }
        }
    }

    private static String unprefixed(String key) {
        for (String prefix : PREFIXES) {
            if (key.startsWith(prefix)) {
                return key.substring(prefix.length());
            }
        }
        return key;
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
        streams.putAll(ConfiguredSerializers.without(settings.client()));
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        streams.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDirectory().toAbsolutePath().toString());
        streams.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.applicationId() + "-" + settings.instanceId());
        return streams;
    }
}
