package io.antichain.analyzer.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How many records of the events topics are committed and not read yet, as the stream's consumers know it. */
final class Lag {
    private Lag() {}

    static void register(KafkaStreams streams, MeterRegistry meters) {
        Gauge.builder("antichain.analyzer.lag", () -> of(streams))
                .description("Records of the events topics not read yet, over all partitions read here")
                .register(meters);
    }

    static double of(KafkaStreams streams) {
        double lag = 0;
        for (Metric metric : streams.metrics().values()) {
            boolean ofAPartition = metric.metricName().name().equals("records-lag")
                    && !metric.metricName().tags().getOrDefault("client-id", "").contains("restore");
            if (ofAPartition && metric.metricValue() instanceof Double records && !records.isNaN()) {
                lag += records;
            }
        }
        return lag;
    }
}
