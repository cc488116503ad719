package io.antichain.cli.kafka;

import io.antichain.cli.doctor.TopicSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** A topic's settings, as the broker has them. */
final class TopicConfiguration {
    private TopicConfiguration() {}

    /**
     * Asks for them; empty if this client may not.
     *
     * @throws ClusterException if no broker answers
     */
    static Optional<TopicSettings> read(Cluster cluster, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = cluster.admin()) {
            return Optional.of(settings(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw cluster.unreachable(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cluster.unreachable(e);
        }
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
                value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime"));
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }
}
