package io.antichain.cli.kafka;

import io.antichain.cli.verify.Comparison;
import io.antichain.cli.verify.Verification;
import io.antichain.cli.verify.VerifiedLog;
import io.antichain.cli.verify.VerifyLimits;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the topics of one prefix at a moment when the analyzer is past what is read, and verifies. */
public final class TopicsCheck {
    private final Cluster cluster;
    private final List<String> eventsTopics;
    private final Scope scope;
    private final VerifyLimits limits;

    /**
     * Of what an analyzer wrote that was started like this.
     *
     * @param eventsTopics the topics that it reads events from
     */
    public TopicsCheck(Cluster cluster, List<String> eventsTopics, Scope scope, VerifyLimits limits) {
        this.cluster = cluster;
        this.eventsTopics = eventsTopics;
        this.scope = scope;
        this.limits = limits;
    }

    /** Of what an analyzer of the cluster's own events topic wrote. */
    public TopicsCheck(Cluster cluster, Scope scope) {
        this(cluster, List.of(cluster.topics().events()), scope, VerifyLimits.DEFAULT);
    }

    /** Of what such an analyzer with scope all wrote. */
    public TopicsCheck(Cluster cluster) {
        this(cluster, Scope.ALL);
    }

    /**
     * Verifies what stands in the events topics now.
     *
     * @param timeout how long the analyzer may go without progress on its way past it
     * @throws ClusterException if it does longer, or something cannot be read
     */
    public Verification run(Duration timeout) {
        StoredLog stored = new StoredLog(cluster);
        TopicReader reader = new TopicReader(cluster);
        VerifiedLog log = new VerifiedLog(scope, limits);
        AnalyzerProgress progress = new AnalyzerProgress(cluster, scope);
        Map<String, Map<Integer, Long>> last = new TreeMap<>();
        eventsTopics.forEach(topic -> last.put(topic, events(topic, stored, reader, log)));
        last.forEach((topic, offsets) ->
                offsets.forEach((partition, offset) -> progress.await(topic, partition, offset, timeout)));
        stored.anomalies(log::doubt);
        stored.deadLetters(letter -> {
            log.setAside(letter.topic(), letter.partition(), letter.offset());
            stored.undecoded().setAside(letter);
        });
        eventsTopics.forEach(stored.undecoded()::requireNone);
        Comparison comparison = new Comparison(log);
        stored.conflicts((conflict, logTimeMs) -> comparison.take(conflict));
        boolean recordsGone =
                reader.oldest(cluster.topics().conflicts()).values().stream().anyMatch(oldest -> oldest > 0);
        return comparison.finish(recordsGone);
    }

    /** The offset of the last record of each partition that has one. */
    private Map<Integer, Long> events(String topic, StoredLog stored, TopicReader reader, VerifiedLog log) {
        SortedMap<Integer, Long> oldest = reader.oldest(topic);
        if (scope == Scope.ALL && oldest.size() > 1) {
            throw new ClusterException(
                    ClusterException.Kind.TOO_MANY_PARTITIONS,
                    "The events topic has more than one partition, which scope all cannot have: topic=" + topic
                            + ", partitions=" + oldest.size());
        }
        Map<Integer, Long> last = new TreeMap<>();
        oldest.forEach((partition, offset) -> log.begin(topic, partition, offset));
        stored.events(topic, event -> {
            log.add(event.event(), topic, event.partition(), event.offset());
            last.put(event.partition(), event.offset());
        });
        if (last.isEmpty()) {
            stored.undecoded().requireNone(topic);
        }
        return last;
    }
}
