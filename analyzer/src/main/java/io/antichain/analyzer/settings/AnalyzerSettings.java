package io.antichain.analyzer.settings;

import io.antichain.analyzer.decode.PairConditions;
import io.antichain.http.Access;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an analyzer is started with.
 *
 * @param topics names of the topics it reads and writes
 * @param eventsTopics the topics it reads whose values are events of ours: that of {@code topics}, and mirrors of it
 * @param stampedTopics the topics it reads whose records carry stamps in headers, whatever their values are
 * @param client {@code bootstrap.servers}, {@code schema.registry.url}, and any other setting of Kafka clients, Kafka
 *     Streams or the serializer; {@code value.serializer} and {@code value.deserializer} name another serializer than ours
 * @param scope which messages can conflict at all
 * @param where which pairs of concurrent messages count
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param access who may ask it, and how
 * @param stateDirectory where Kafka Streams keeps its state; kept between runs
 * @param instanceId different for each instance of one cluster, the same after a restart
 * @param limits how far its patience and memory go
 * @param acceptNewTopic whether to begin again with an events topic that was deleted and created anew
 */
public record AnalyzerSettings(
        Topics topics,
        List<String> eventsTopics,
        List<String> stampedTopics,
        Map<String, Object> client,
        Scope scope,
        PairConditions where,
        String host,
        int port,
        Access access,
        Path stateDirectory,
        String instanceId,
        AnalyzerLimits limits,
        boolean acceptNewTopic) {
    /** The port unless another is given. */
    public static final int DEFAULT_PORT = 8080;

    /** The instance id unless another is given. */
    public static final String DEFAULT_INSTANCE_ID = "1";

    public AnalyzerSettings {
        eventsTopics = List.copyOf(eventsTopics);
        stampedTopics = List.copyOf(stampedTopics);
        client = Map.copyOf(client);
        List<String> sources = together(eventsTopics, stampedTopics);
        if (sources.isEmpty() || new HashSet<>(sources).size() < sources.size()) {
            throw new IllegalArgumentException("The topics to read are one or more, each named once: topics="
                    + String.join(",", sources) + "; choose --topics");
        }
    }

    private static List<String> together(List<String> eventsTopics, List<String> stampedTopics) {
        return Stream.concat(eventsTopics.stream(), stampedTopics.stream()).toList();
    }

    /** All topics that it reads. */
    public List<String> sources() {
        return together(eventsTopics, stampedTopics);
    }

    /** All topics that it reads or writes. */
    public List<String> allTopics() {
        return Stream.concat(
                        sources().stream(), Stream.of(topics.conflicts(), topics.anomalies(), topics.deadLetters()))
                .toList();
    }

    /** Scope all, on the default port of the loopback address, with the default limits. */
    public static AnalyzerSettings defaults(Topics topics, Map<String, Object> client, Path stateDirectory) {
        return new AnalyzerSettings(
                topics,
                List.of(topics.events()),
                List.of(),
                client,
                Scope.ALL,
                PairConditions.NONE,
                "127.0.0.1",
                DEFAULT_PORT,
                Access.OPEN,
                stateDirectory,
                DEFAULT_INSTANCE_ID,
                AnalyzerLimits.DEFAULT,
                false);
    }

    /** Settings on their way to others. */
    private static final class Draft {
        private List<String> eventsTopics;
        private List<String> stampedTopics;
        private Scope scope;
        private PairConditions where;
        private int port;
        private Path stateDirectory;
        private String instanceId;
        private AnalyzerLimits limits;
        private boolean acceptNewTopic;

        Draft(AnalyzerSettings from) {
            eventsTopics = from.eventsTopics;
            stampedTopics = from.stampedTopics;
            scope = from.scope;
            where = from.where;
            port = from.port;
            stateDirectory = from.stateDirectory;
            instanceId = from.instanceId;
            limits = from.limits;
            acceptNewTopic = from.acceptNewTopic;
        }
    }

    private AnalyzerSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new AnalyzerSettings(
                topics,
                draft.eventsTopics,
                draft.stampedTopics,
                client,
                draft.scope,
                draft.where,
                host,
                draft.port,
                access,
                draft.stateDirectory,
                draft.instanceId,
                draft.limits,
                draft.acceptNewTopic);
    }

    /** The same on another port. */
    public AnalyzerSettings withPort(int otherPort) {
        return with(draft -> draft.port = otherPort);
    }

    /** The same with another scope. */
    public AnalyzerSettings withScope(Scope otherScope) {
        return with(draft -> draft.scope = otherScope);
    }

    /** The same with conditions on pairs. */
    public AnalyzerSettings withConditions(PairConditions conditions) {
        return with(draft -> draft.where = conditions);
    }

    /** The same with other topics to read. */
    public AnalyzerSettings withSources(List<String> otherEventsTopics, List<String> otherStampedTopics) {
        return with(draft -> {
            draft.eventsTopics = otherEventsTopics;
            draft.stampedTopics = otherStampedTopics;
        });
    }

    /** The same with other topics to read, whose values are events of ours. */
    public AnalyzerSettings withEventsTopics(List<String> otherTopics) {
        return withSources(otherTopics, List.of());
    }

    /** The same as another instance, with a state directory of its own. */
    public AnalyzerSettings withInstance(String otherId, Path otherDirectory) {
        return with(draft -> {
            draft.instanceId = otherId;
            draft.stateDirectory = otherDirectory;
        });
    }

    /** The same with other limits. */
    public AnalyzerSettings withLimits(AnalyzerLimits otherLimits) {
        return with(draft -> draft.limits = otherLimits);
    }

    /** The same, beginning again where a topic is a new one. */
    public AnalyzerSettings acceptingNewTopic() {
        return with(draft -> draft.acceptNewTopic = true);
    }

    /**
     * Whether a task that reads one partition sees all that can conflict: where there is one source, which has one partition,
     * or any number in scope key. Else the sources have to be brought together.
     *
     * @param partitionCounts those of the sources
     */
    public static boolean seesAll(Scope scope, List<Integer> partitionCounts) {
        return partitionCounts.size() == 1 && (scope == Scope.KEY || partitionCounts.get(0) == 1);
    }

    /** The Kafka Streams application id, which is also the consumer group: one for each prefix and scope. */
    public String applicationId() {
        return applicationId(topics, scope);
    }

    /** The consumer group of the analyzer of these topics. */
    public static String applicationId(Topics topics, Scope scope) {
        return topics.prefix() + "analyzer-" + scope.written();
    }
}
