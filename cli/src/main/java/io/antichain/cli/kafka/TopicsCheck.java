package io.antichain.cli.kafka;

import io.antichain.analyzer.decode.PairConditions;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.verify.Comparison;
import io.antichain.cli.verify.Verification;
import io.antichain.cli.verify.VerifiedLog;
import io.antichain.cli.verify.VerifyLimits;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Reads the topics of one prefix at a moment when the analyzer is past what is read, and verifies. */
public final class TopicsCheck {
    private final Cluster cluster;
    private final List<String> eventsTopics;
    private final Scope scope;
    private final VerifyLimits limits;
    private final PairConditions where;

    /**
     * Of what an analyzer wrote that was started like this.
     *
     * @param eventsTopics the topics that it reads events from
     * @param where which pairs count
     */
    public TopicsCheck(
            Cluster cluster, List<String> eventsTopics, Scope scope, VerifyLimits limits, PairConditions where) {
        this.cluster = cluster;
        this.eventsTopics = eventsTopics;
        this.scope = scope;
        this.limits = limits;
        this.where = where;
    }

    /** Of what an analyzer of the cluster's own events topic wrote. */
    public TopicsCheck(Cluster cluster, Scope scope) {
        this(cluster, List.of(cluster.topics().events()), scope, VerifyLimits.DEFAULT, PairConditions.NONE);
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
        Map<String, SortedMap<Integer, Long>> oldest = new TreeMap<>();
        eventsTopics.forEach(topic -> oldest.put(topic, reader.oldest(topic)));
        boolean isDirect = AnalyzerSettings.seesAll(
                scope, oldest.values().stream().map(SortedMap::size).toList());
        if (isDirect) {
            eventsTopics.forEach(topic -> begin(topic, oldest.get(topic), log));
        }
        Map<TopicPartition, Long> last = new HashMap<>();
        for (String topic : eventsTopics) {
            stored.events(topic, where, event -> {
                if (isDirect) {
                    log.add(event.event(), topic, event.partition(), event.offset(), event.traits());
                }
                last.put(new TopicPartition(topic, event.partition()), event.offset());
            });
            if (last.keySet().stream().noneMatch(partition -> partition.topic().equals(topic))) {
                stored.undecoded().requireNone(topic);
            }
        }
        last.forEach((partition, offset) -> progress.await(partition, offset, timeout));
        if (!isDirect) {
            readBrought(stored, reader, log).forEach((partition, offset) -> progress.await(partition, offset, timeout));
        }
        Set<Position> leftOut = new HashSet<>();
        stored.anomalies(anomaly -> {
            log.doubt(anomaly);
            anomaly.event().ifPresent(event -> leftOut.add(event.at()));
        });
        stored.deadLetters(letter -> {
            log.setAside(letter.topic(), letter.partition(), letter.offset());
            stored.undecoded().setAside(letter);
        });
        eventsTopics.forEach(stored.undecoded()::requireNone);
        List<Dot> lost = isDirect ? List.of() : readAgain(last, log, leftOut);
        Comparison comparison = new Comparison(log);
        stored.conflicts((conflict, logTimeMs) -> comparison.take(conflict));
        boolean recordsGone =
                reader.oldest(cluster.topics().conflicts()).values().stream().anyMatch(at -> at > 0);
        return comparison.finish(recordsGone, lost);
    }

    private static void begin(String topic, SortedMap<Integer, Long> oldest, VerifiedLog log) {
        oldest.forEach((partition, offset) -> log.begin(topic, partition, offset));
    }

    /** Reads the events in the order in which they were brought together; the offset of the last of each partition. */
    private Map<TopicPartition, Long> readBrought(StoredLog stored, TopicReader reader, VerifiedLog log) {
        String topic = cluster.topics().order(scope);
        begin(topic, reader.oldest(topic), log);
        Map<TopicPartition, Long> last = new HashMap<>();
        stored.brought(topic, (message, partition, offset) -> {
            log.add(message, topic, partition, offset);
            last.put(new TopicPartition(topic, partition), offset);
        });
        stored.undecoded().requireNone(topic);
        return last;
    }

    /**
     * Reads the sources again, for what conditions on pairs need to know; the events that were not brought together, though nothing
     * was said against them.
     */
    private List<Dot> readAgain(Map<TopicPartition, Long> last, VerifiedLog log, Set<Position> leftOut) {
        List<Dot> lost = new ArrayList<>();
        StoredLog again = new StoredLog(cluster);
        for (String topic : eventsTopics) {
            again.events(topic, where, stored -> {
                Event event = stored.event();
                Position at = new Position(topic, stored.partition(), stored.offset());
                boolean counts = event.kind() == Event.Kind.MESSAGE
                        && event.clock().isPresent()
                        && (scope == Scope.ALL || event.key().isPresent())
                        && stored.offset() <= last.getOrDefault(new TopicPartition(topic, stored.partition()), -1L);
                stored.traits().ifPresent(traits -> log.learn(event.dot(), at, traits));
                if (counts && !leftOut.contains(at) && !log.accountsFor(event.dot(), at)) {
                    lost.add(event.dot());
                }
            });
        }
        return lost;
    }
}
