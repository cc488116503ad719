package io.antichain.node.kafka;

import io.antichain.node.state.StampingRules;
import io.antichain.schemas.Topics;
import java.util.Map;

/**
 * What a node needs to know to work with Kafka.
 *
 * @param process the process name, without incarnation
 * @param topics the topics' names
 * @param client settings for every Kafka client and serializer, {@code bootstrap.servers} and
 *     {@code schema.registry.url} among them
 * @param rules what is stamped and what is believed
 * @param queueBound how many messages may wait to be published
 * @param maxBatch the most messages in one transaction
 */
public record KafkaNodeSettings(
        String process, Topics topics, Map<String, Object> client, StampingRules rules, int queueBound, int maxBatch) {
    public KafkaNodeSettings {
        client = Map.copyOf(client);
    }
}
