package io.antichain.analyzer.stream;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.settings.StartRefusedException.Reason;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check before the stream starts: of the topics that are read and written, and of who else is in the group. */
final class EventsTopics {
    private static final Logger LOG = LoggerFactory.getLogger(EventsTopics.class);
    private static final int TIMEOUT_MS = 10_000;

    private EventsTopics() {}

    /**
     * The ids of the topics that are read, in the order of the settings, if all exist and suit the scope. Waits for a broker for
     * as long as none answers.
     *
     * @param waitingFor told what it waits for, as a sentence, about every 10 s
     * @throws StartRefusedException if they do not exist or suit, if an analyzer of the same group reads others, or for what
     *     does not pass by itself, such as an address that nobody can resolve
     */
    static List<String> checked(AnalyzerSettings settings, Consumer<String> waitingFor) {
        Map<String, TopicDescription> described = describe(settings, waitingFor);
        List<TopicDescription> topics =
                settings.sources().stream().map(described::get).toList();
        if (settings.scope() == Scope.ALL) {
            topics.forEach(EventsTopics::requireOnePartition);
        }
        topics.forEach(topic -> requireSamePartitions(topics.get(0), topic));
        return topics.stream().map(topic -> topic.topicId().toString()).toList();
    }

    private static void requireOnePartition(TopicDescription topic) {
        if (topic.partitions().size() != 1) {
            throw refused(
                    "--scope all compares any two messages, and needs topics of one partition: topic="
                            + topic.name() + ", partitions="
                            + topic.partitions().size()
                            + "; use --scope key, which compares messages with one key, or 'antichain analyze --topics',"
                            + " which takes any topics as they stand now",
                    null);
        }
    }

    private static void requireSamePartitions(TopicDescription first, TopicDescription other) {
        if (first.partitions().size() != other.partitions().size()) {
            throw refused(
                    "Topics that are read together have equally many partitions, so that a key is in one of each: "
                            + first.name() + "=" + first.partitions().size() + ", " + other.name() + "="
                            + other.partitions().size() + "; read them apart, or with 'antichain analyze --topics'",
                    null);
        }
    }

    private static Map<String, TopicDescription> describe(AnalyzerSettings settings, Consumer<String> waitingFor) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        Object servers = client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        try (Admin admin = Admin.create(client)) {
            while (true) {
                DescribeTopicsResult asked = admin.describeTopics(names(settings));
                try {
                    Map<String, TopicDescription> described =
                            asked.allTopicNames().get();
                    requireSameSources(settings, admin);
                    return described;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                        throw unfit(asked.topicNameValues(), e);
                    }
                    if (!(e.getCause() instanceof RetriableException)) {
                        throw unreachable(servers, e.getCause());
                    }
                    String sentence = "No Kafka broker answers yet: bootstrap-server=" + servers
                            + "; the analyzer waits for it; start one, or name another with --bootstrap-server";
                    LOG.warn(sentence);
                    waitingFor.accept(sentence);
                }
            }
        } catch (KafkaException e) {
            throw unreachable(servers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(servers, e);
        }
    }

    private static List<String> names(AnalyzerSettings settings) {
        List<String> names = new ArrayList<>(settings.sources());
        Topics topics = settings.topics();
        names.addAll(List.of(topics.conflicts(), topics.anomalies(), topics.deadLetters()));
        return names;
    }

    /** Analyzers of one group share its partitions: one that reads other topics would take from another what it does not read. */
    private static void requireSameSources(AnalyzerSettings settings, Admin admin)
            throws ExecutionException, InterruptedException {
        String group = settings.applicationId();
        Set<String> others = new TreeSet<>();
        try {
            for (MemberDescription member : admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()) {
                String instance = member.groupInstanceId().orElse("");
                if (!instance.startsWith(group + "-" + settings.instanceId() + "-")) {
                    member.assignment().topicPartitions().forEach(partition -> others.add(partition.topic()));
                }
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        if (!others.isEmpty() && !others.equals(new TreeSet<>(settings.sources()))) {
            throw refused(
                    "Another analyzer of this prefix and scope reads other topics: group=" + group + ", its topics="
                            + String.join(",", others) + ", topics=" + String.join(",", settings.sources())
                            + "; read the same, or choose another --topic-prefix",
                    null);
        }
    }

    private static StartRefusedException unfit(Map<String, KafkaFuture<TopicDescription>> asked, Exception e) {
        String missing = asked.entrySet().stream()
                .filter(topic -> topic.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(","));
        return refused(
                "A topic to read or to write does not exist: topics=" + missing
                        + "; run 'antichain init' for those of the prefix, and create others, or name others with --topics",
                e);
    }

    private static StartRefusedException refused(String sentence, Throwable cause) {
        return new StartRefusedException(Reason.MISUSE, sentence, cause);
    }

    private static StartRefusedException unreachable(Object servers, Throwable cause) {
        return new StartRefusedException(
                Reason.UNREACHABLE,
                "The Kafka broker cannot be used: bootstrap-server=" + servers + ", failure="
                        + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "; check --bootstrap-server and the client's settings",
                cause);
    }
}
