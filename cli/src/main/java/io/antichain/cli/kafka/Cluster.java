package io.antichain.cli.kafka;

import io.antichain.analyzer.decode.PayloadText;
import io.antichain.schemas.Topics;
import io.antichain.schemas.kafka.KafkaRefusal;
import io.antichain.schemas.kafka.Listeners;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.antichain.schemas.registry.FramedValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka cluster with its registry, as the command line names it.
 *
 * @param client {@code bootstrap.servers}, {@code schema.registry.url} and any other client setting
 * @param topics the names of the topics
 */
public record Cluster(Map<String, Object> client, Topics topics) {
    private static final int TIMEOUT_MS = 10_000;

    public Cluster {
        client = Map.copyOf(client);
    }

    /** An administrator whose calls end within 10 s, unless the settings of the client say otherwise. */
    public Admin admin() {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            throw unreachable(e);
        }
    }

    /**
     * The same cluster with calls that may take longer.
     *
     * @param patience how long one may take
     */
    public Cluster withPatience(Duration patience) {
        Map<String, Object> patient = new HashMap<>(client);
        patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        return new Cluster(patient, topics);
    }

    /**
     * Fails unless a broker answers.
     *
     * @throws ClusterException if none does
     */
    public void requireBroker() {
        try (Admin admin = admin()) {
            answer(admin.describeCluster().nodes());
        }
    }

    /**
     * What a broker answers.
     *
     * @throws ClusterException if none does
     */
    <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    /** A read_committed consumer of bytes, outside any group. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A transactional producer of Avro records. */
    public KafkaProducer<String, Object> producer(String transactionalId) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MS);
        return new KafkaProducer<>(config, new StringSerializer(), ConfiguredSerializers.serializer(client));
    }

    /** The configured deserializer of values: ours unless another is named. */
    Deserializer<?> deserializer() {
        try {
            return ConfiguredSerializers.deserializer(client);
        } catch (ConfigException e) {
            throw new ClusterException(
                    ClusterException.Kind.DESERIALIZER_MISSING,
                    "The deserializer is not on the class path: value.deserializer="
                            + client.get(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG),
                    e);
        }
    }

    /** The topics that were named, or if none was, the events topic. */
    public List<String> topicsOrEvents(List<String> named) {
        return named.isEmpty() ? List.of(topics.events()) : named;
    }

    /** Shows payloads, with the schemas of the cluster's registry. */
    PayloadText payloadText() {
        return new PayloadText(new FramedValues(client));
    }

    /**
     * How long the settings of the client let a call take.
     *
     * @param unless ms, where they do not say
     */
    Duration timeout(long unless) {
        Object given = client.get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return Duration.ofMillis(
                given == null ? unless : Long.parseLong(given.toString().strip()));
    }

    /** The brokers that a client asks first, as they were named. */
    String bootstrapServers() {
        return String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** The same failure, with the name of what was asked for where a right to it is missing. */
    ClusterException named(ClusterException failure, String name) {
        return failure.kind() == ClusterException.Kind.REFUSED
                ? unreachable(KafkaRefusal.named(failure.getCause(), name))
                : failure;
    }

    /** The failure that no broker answers, or that the one that does refuses, with what is found to be wrong. */
    ClusterException unreachable(Throwable cause) {
        return KafkaRefusal.sentence(cause, client)
                .or(() -> cause instanceof TimeoutException ? Listeners.finding(client) : Optional.empty())
                .map(sentence -> new ClusterException(ClusterException.Kind.REFUSED, sentence, cause))
                .orElseGet(() -> new ClusterException(
                        ClusterException.Kind.UNREACHABLE,
                        "No Kafka broker answered: bootstrap-server=" + bootstrapServers() + ", failure="
                                + cause.getClass().getSimpleName(),
                        cause));
    }
}
