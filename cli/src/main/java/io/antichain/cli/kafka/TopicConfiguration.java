package io.antichain.cli.kafka;

import io.antichain.cli.doctor.TopicSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** Topics' settings, as the broker has them. */
final class TopicConfiguration {
    private TopicConfiguration() {}

    /**
     * Asks for them; without those that this client may not read.
     *
     * @throws ClusterException if no broker answers
     */
    static Map<String, TopicSettings> read(Cluster cluster, Admin admin, Collection<String> topics) {
        Map<String, TopicSettings> read = new HashMap<>();
        Map<ConfigResource, KafkaFuture<Config>> asked = admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .values();
        asked.forEach((topic, config) -> {
            KafkaAnswer<Config> answer = KafkaAnswer.to(config);
            answer.value().ifPresent(told -> read.put(topic.name(), settings(told)));
            if (!answer.isFailed(AuthorizationException.class)) {
                answer.failure().ifPresent(failure -> {
                    throw cluster.unreachable(failure);
                });
            }
        });
        return read;
    }

    private static TopicSettings settings(Config config) {
        List<String> policies =
                List.of(value(config, TopicConfig.CLEANUP_POLICY_CONFIG).split("\\s*,\\s*"));
        return new TopicSettings(
                policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                Long.parseLong(value(config, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG)),
                policies.contains(TopicConfig.CLEANUP_POLICY_DELETE),
                Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG)),
                Long.parseLong(value(config, TopicConfig.RETENTION_BYTES_CONFIG)),
                value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime"),
                Integer.parseInt(value(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)));
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }
}
