package io.antichain.analyzer.stream;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.analyzer.settings.StartRefusedException.Reason;
import io.antichain.schemas.Scope;
import io.antichain.schemas.kafka.KafkaRefusal;
import io.antichain.schemas.kafka.Listeners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check before the stream starts: of the topics that are read and written, and of who else is in the group. */
final class SourceTopics {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTopics.class);
    private static final int TIMEOUT_MS = 10_000;

    private SourceTopics() {}

    /**
     * What an analyzer is to read.
     *
     * @param input the topic that its engines read: the only source, or the one that brings the sources together
     * @param partitions how many partitions that has, with an engine for each
     * @param isSource whether it is the only source
     * @param topics the input, and the sources, in the order of the settings, if it is none
     * @param topicIds their ids
     */
    record Plan(String input, int partitions, boolean isSource, List<String> topics, List<String> topicIds) {}

    /**
     * How the topics of the settings are to be read, if all exist: directly, if {@link AnalyzerSettings#seesAll a task sees all
     * that can conflict}; else brought together. Waits for a broker for as long as none answers.
     *
     * @param waitingFor told what it waits for, as a sentence, about every 10 s
     * @throws StartRefusedException if they do not exist, if the topic that brings them together is missing, if an analyzer of
     *     the same group reads others, or for what does not pass by itself, such as an address that nobody can resolve
     */
    static Plan plan(AnalyzerSettings settings, Consumer<String> waitingFor) {
        Map<String, TopicDescription> described = describe(settings, waitingFor);
        List<TopicDescription> sources =
                settings.sources().stream().map(described::get).toList();
        List<TopicDescription> topics = new ArrayList<>(sources);
        boolean isDirect = seesAll(settings, described);
        if (!isDirect) {
            topics.add(0, between(settings, described, sources));
        }
        return new Plan(
                topics.get(0).name(),
                topics.get(0).partitions().size(),
                isDirect,
                topics.stream().map(TopicDescription::name).toList(),
                topics.stream().map(topic -> topic.topicId().toString()).toList());
    }

    private static boolean seesAll(AnalyzerSettings settings, Map<String, TopicDescription> described) {
        return AnalyzerSettings.seesAll(
                settings.scope(),
                settings.sources().stream()
                        .map(source -> described.get(source).partitions().size())
                        .toList());
    }

    private static TopicDescription between(
            AnalyzerSettings settings, Map<String, TopicDescription> described, List<TopicDescription> sources) {
        String name = settings.topics().order(settings.scope());
        String read = sources.stream()
                .map(source -> source.name() + "=" + source.partitions().size())
                .collect(Collectors.joining(", "));
        TopicDescription between = described.get(name);
        if (between == null) {
            throw refused(
                    "Several topics, or partitions, are brought together in a topic of the analyzer's own, which does not"
                            + " exist: topic=" + name + ", partitions: " + read
                            + "; create it with 'antichain init --order-partitions N', or take the topics as they stand now"
                            + " with 'antichain analyze --topics'",
                    null);
        }
        if (settings.scope() == Scope.ALL && between.partitions().size() != 1) {
            throw refused(
                    "The topic that brings all events together has one partition: topic=" + name + ", partitions="
                            + between.partitions().size() + "; delete it, and create it with 'antichain init"
                            + " --order-partitions N'",
                    null);
        }
        return between;
    }

    private static Map<String, TopicDescription> describe(AnalyzerSettings settings, Consumer<String> waitingFor) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        try (Admin admin = Admin.create(client)) {
            while (true) {
                DescribeTopicsResult asked = admin.describeTopics(settings.allTopics());
                try {
                    Map<String, TopicDescription> described =
                            new HashMap<>(asked.allTopicNames().get());
                    if (!seesAll(settings, described)) {
                        between(settings, admin).ifPresent(between -> described.put(between.name(), between));
                    }
                    requireSameSources(settings, admin);
                    return described;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                        throw unfit(asked.topicNameValues(), e);
                    }
                    if (!(e.getCause() instanceof RetriableException)) {
                        throw unreachable(settings, named(e.getCause(), settings, asked));
                    }
                    String sentence = Listeners.finding(client)
                            .orElse(
                                    "No Kafka broker answers yet: bootstrap-server="
                                            + client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                                            + "; the analyzer waits for it; start one, or name another with --bootstrap-server");
                    LOG.warn(sentence);
                    waitingFor.accept(sentence);
                }
            }
        } catch (KafkaException e) {
            throw unreachable(settings, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(settings, e);
        }
    }

    /** The topic that brings sources together, if it exists. */
    private static Optional<TopicDescription> between(AnalyzerSettings settings, Admin admin)
            throws ExecutionException, InterruptedException {
        String name = settings.topics().order(settings.scope());
        try {
            return Optional.of(admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name)
                    .get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
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
        others.remove(settings.topics().order(settings.scope()));
        if (!others.isEmpty() && !others.equals(new TreeSet<>(settings.sources()))) {
            throw refused(
                    "Another analyzer of this prefix and scope reads other topics: group=" + group + ", its topics="
                            + String.join(",", others) + ", topics=" + String.join(",", settings.sources())
                            + "; read the same, or choose another --topic-prefix",
                    null);
        }
    }

    /** With the topics that were refused, or the group, or else the topic that brings others together. */
    private static Throwable named(Throwable failure, AnalyzerSettings settings, DescribeTopicsResult asked) {
        String topics = failed(asked.topicNameValues());
        return KafkaRefusal.named(
                failure,
                failure instanceof GroupAuthorizationException
                        ? settings.applicationId()
                        : topics.isEmpty() ? settings.topics().order(settings.scope()) : topics);
    }

    private static String failed(Map<String, KafkaFuture<TopicDescription>> asked) {
        return asked.entrySet().stream()
                .filter(topic -> topic.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static StartRefusedException unfit(Map<String, KafkaFuture<TopicDescription>> asked, Exception e) {
        String missing = failed(asked);
        return refused(
                "A topic to read or to write does not exist: topics=" + missing
                        + "; run 'antichain init' for those of the prefix, and create others, or name others with --topics",
                e);
    }

    private static StartRefusedException refused(String sentence, Throwable cause) {
        return new StartRefusedException(Reason.MISUSE, sentence, cause);
    }

    private static StartRefusedException unreachable(AnalyzerSettings settings, Throwable cause) {
        return new StartRefusedException(
                Reason.UNREACHABLE,
                KafkaRefusal.sentence(cause, settings.client())
                        .orElse("The Kafka broker cannot be used: bootstrap-server="
                                + settings.client().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + ", failure="
                                + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                                + "; check --bootstrap-server and the client's settings"),
                cause);
    }
}
