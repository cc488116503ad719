package io.antichain.analyzer.topology;

import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.analyzer.StartRefusedException;
import io.antichain.analyzer.StartRefusedException.Reason;
import io.antichain.schemas.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The check of the events topic before the stream starts. */
final class EventsTopic {
    private static final int TIMEOUT_MS = 10_000;

    private EventsTopic() {}

    /**
     * The topic's id, if it exists and suits the scope.
     *
     * @throws StartRefusedException otherwise, or if no broker answers within 10 s
     */
    static String checked(AnalyzerSettings settings) {
        String topic = settings.topics().events();
        TopicDescription description = describe(settings, topic);
        int partitions = description.partitions().size();
        if (settings.scope() == Scope.ALL && partitions != 1) {
            throw new StartRefusedException(
                    Reason.MISUSE,
                    "--scope all compares any two messages and needs the events topic in one partition: topic=" + topic
                            + ", partitions=" + partitions
                            + "; use a --topic-prefix whose events"
                            + " topic has one partition",
                    null);
        }
        return description.topicId().toString();
    }

    private static TopicDescription describe(AnalyzerSettings settings, String topic) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        Object servers = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        try (Admin admin = Admin.create(client)) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartRefusedException(
                        Reason.MISUSE,
                        "The events topic must exist: topic=" + topic + "; run 'antichain init' first",
                        e);
            }
            throw unreachable(servers, e.getCause());
        } catch (KafkaException e) {
            throw unreachable(servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(servers, e);
        }
    }

    private static StartRefusedException unreachable(Object servers, Throwable cause) {
        return new StartRefusedException(
                Reason.UNREACHABLE,
                "A Kafka broker must answer: bootstrap-server=" + servers + ", failure="
                        + cause.getClass().getSimpleName() + "; start one, or name another with --bootstrap-server",
                cause);
    }
}
