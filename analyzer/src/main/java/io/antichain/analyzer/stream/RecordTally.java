package io.antichain.analyzer.stream;

/**
 * What a task counts of every record, told to the metrics now and then: a counter that threads share costs as much as a look at the
 * window. For one thread.
 */
final class RecordTally {
    private final AnalyzerMetrics metrics;
    private final String topic;
    private long stamped;
    private long unstamped;
    private long complete;
    private long incomplete;

    RecordTally(AnalyzerMetrics metrics, String topic) {
        this.metrics = metrics;
        this.topic = topic;
    }

    /** A record was read. */
    void read(boolean isStamped) {
        if (isStamped) {
            stamped++;
        } else {
            unstamped++;
        }
    }

    /** An event got no record. */
    void ordered(boolean isComplete) {
        if (isComplete) {
            complete++;
        } else {
            incomplete++;
        }
    }

    /** Tells what was not told yet. */
    void tell() {
        if (stamped + unstamped > 0) { // never, where sources are brought together: their records were counted before
            metrics.read(topic, stamped, unstamped);
        }
        metrics.ordered(complete, incomplete);
        stamped = 0;
        unstamped = 0;
        complete = 0;
        incomplete = 0;
    }
}
