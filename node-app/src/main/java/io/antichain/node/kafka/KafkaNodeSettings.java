package io.antichain.node.kafka;

import io.antichain.node.protocol.ProtocolSettings;
import io.antichain.schemas.Topics;
import java.util.Map;

/**
 * What a node needs to know to work with Kafka.
 *
 * @param protocol how it works
 * @param topics the topics' names
 * @param client settings for every Kafka client and serializer, {@code bootstrap.servers} and
 *     {@code schema.registry.url} among them
 * @param queueBound how many messages may wait to be published
 * @param maxBatch the most messages in one transaction
 */
public record KafkaNodeSettings(
        ProtocolSettings protocol, Topics topics, Map<String, Object> client, int queueBound, int maxBatch) {
    public KafkaNodeSettings {
        client = Map.copyOf(client);
    }

    /** The process name, without incarnation. */
    String process() {
        return protocol.process();
    }
}
