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

/** The check of the events topics before the stream starts. */
final class EventsTopics {
    private static final int TIMEOUT_MS = 10_000;

    private EventsTopics() {}

    /**
     * The topics' ids, in the order of the settings, if they exist and suit the scope.
     *
     * @throws StartRefusedException otherwise, or if no broker answers within 10 s
     */
    static List<String> checked(AnalyzerSettings settings) {
        Map<String, TopicDescription> described = describe(settings);
        List<TopicDescription> topics =
                settings.eventsTopics().stream().map(described::get).toList();
        if (settings.scope() == Scope.ALL) {
            topics.forEach(EventsTopics::requireOnePartition);
        }
        topics.forEach(topic -> requireSamePartitions(topics.get(0), topic));
        return topics.stream().map(topic -> topic.topicId().toString()).toList();
    }

    private static void requireOnePartition(TopicDescription topic) {
        if (topic.partitions().size() != 1) {
            throw refused(
                    "--scope all compares any two messages and needs the events topic in one partition: topic="
                            + topic.name() + ", partitions="
                            + topic.partitions().size()
                            + "; use --scope key, which compares messages with one key, or a --topic-prefix whose events"
                            + " topic has one partition",
                    null);
        }
    }

    private static void requireSamePartitions(TopicDescription first, TopicDescription other) {
        if (first.partitions().size() != other.partitions().size()) {
            throw refused(
                    "Mirrored events topics have equally many partitions, so that a key is in one of each: "
                            + first.name() + "=" + first.partitions().size() + ", " + other.name() + "="
                            + other.partitions().size() + "; mirror them so, or analyze them apart",
                    null);
        }
    }

    private static Map<String, TopicDescription> describe(AnalyzerSettings settings) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        Object servers = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        String topics = String.join(",", settings.eventsTopics());
        try (Admin admin = Admin.create(client)) {
            return admin.describeTopics(settings.eventsTopics()).allTopicNames().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw refused("The events topic must exist: topic=" + topics + "; run 'antichain init' first", e);
            }
            throw unreachable(servers, e.getCause());
        } catch (KafkaException e) {
            throw unreachable(servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(servers, e);
        }
    }

    private static StartRefusedException refused(String sentence, Throwable cause) {
        return new StartRefusedException(Reason.MISUSE, sentence, cause);
    }

    private static StartRefusedException unreachable(Object servers, Throwable cause) {
        return new StartRefusedException(
                Reason.UNREACHABLE,
                "A Kafka broker must answer: bootstrap-server=" + servers + ", failure="
                        + cause.getClass().getSimpleName() + "; start one, or name another with --bootstrap-server",
                cause);
    }
}
