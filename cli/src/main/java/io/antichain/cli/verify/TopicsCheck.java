package io.antichain.cli.verify;

import io.antichain.cli.CommandFailure;
import io.antichain.cli.ExitCode;
import io.antichain.cli.kafka.AnalyzerProgress;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicReader;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads the topics of one prefix at a moment when the analyzer is past what is read, and verifies. */
public final class TopicsCheck {
    private final Cluster cluster;
    private final Scope scope;

    public TopicsCheck(Cluster cluster, Scope scope) {
        this.cluster = cluster;
        this.scope = scope;
    }

    /** Of what an analyzer with scope all wrote. */
    public TopicsCheck(Cluster cluster) {
        this(cluster, Scope.ALL);
    }

    /**
     * Verifies what stands in the events topic now.
     *
     * @param timeout how long the analyzer may take to get past it
     * @throws CommandFailure if it does not, or something cannot be read
     */
    public Verification run(Duration timeout) {
        StoredLog stored = new StoredLog(cluster);
        TopicReader reader = new TopicReader(cluster);
        VerifiedLog log = new VerifiedLog(scope);
        Map<Integer, Long> last = events(stored, reader, log);
        AnalyzerProgress progress = new AnalyzerProgress(cluster, scope);
        last.forEach((partition, offset) -> progress.await(partition, offset, timeout));
        stored.refused(log::refuse);
        Comparison comparison = new Comparison(log);
        stored.conflicts((conflict, logTimeMs) -> comparison.take(conflict));
        boolean recordsGone =
                reader.oldest(cluster.topics().conflicts()).values().stream().anyMatch(oldest -> oldest > 0);
        return comparison.finish(recordsGone);
    }

    /** The offset of the last record of each partition that has one. */
    private Map<Integer, Long> events(StoredLog stored, TopicReader reader, VerifiedLog log) {
        String topic = cluster.topics().events();
        Map<Integer, Long> last = new TreeMap<>();
        Map<Integer, Long> oldest = reader.oldest(topic);
        oldest.forEach(log::begins);
        stored.events(event -> {
            log.add(event.event(), event.partition(), event.offset());
            last.put(event.partition(), event.offset());
        });
        if (scope == Scope.ALL && oldest.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "With --scope all the events topic has one partition: topic=" + topic + "; give --scope key");
        }
        last.forEach(log::ends);
        return last;
    }
}
