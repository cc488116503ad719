package io.antichain.cli.verify;

import io.antichain.cli.kafka.AnalyzerProgress;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.schemas.Scope;
import java.time.Duration;
import java.util.List;

/** Reads the topics of one prefix at a moment when the analyzer is past what is read, and verifies. */
public final class TopicsCheck {
    private final Cluster cluster;

    public TopicsCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Verifies what stands in the events topic now.
     *
     * @param timeout how long the analyzer may take to get past it
     * @throws io.antichain.cli.CommandFailure if it does not, or something cannot be read
     */
    public Verification run(Duration timeout) {
        StoredLog log = new StoredLog(cluster);
        List<StoredEvent> records = log.events();
        AnalyzerProgress progress = new AnalyzerProgress(cluster, Scope.ALL);
        if (!records.isEmpty()) {
            StoredEvent last = records.get(records.size() - 1);
            progress.await(last.partition(), last.offset(), timeout);
        }
        return Verification.of(VerifiedLog.of(records, log.anomalies()), log.conflicts());
    }
}
