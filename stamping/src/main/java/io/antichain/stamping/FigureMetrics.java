package io.antichain.stamping;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The figures of a life among a client's metrics, where those who export these find them. */
final class FigureMetrics {
    private static final String GROUP = "antichain-stamping";

    private FigureMetrics() {}

    static Map<MetricName, Metric> with(Map<MetricName, ? extends Metric> clients, Life life) {
        Map<MetricName, Metric> all = new HashMap<>(clients);
        Map<String, String> tags = Map.of("process", life.clock.process().name());
        life.figures.all().values().forEach(figure -> {
            MetricName name = new MetricName(figure.name(), GROUP, figure.description(), tags);
            all.put(name, new FigureMetric(name, figure));
        });
        return all;
    }

    private record FigureMetric(MetricName metricName, StampingFigures.Figure figure) implements Metric {
        @Override
        public Object metricValue() {
            return figure.value().get().doubleValue();
        }
    }
}
