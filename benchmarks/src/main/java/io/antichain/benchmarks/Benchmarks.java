package io.antichain.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.benchmarks.analyzer.AnalyzerMeasurement;
import io.antichain.benchmarks.analyzer.IdleMeasurement;
import io.antichain.benchmarks.analyzer.PageMeasurement;
import io.antichain.benchmarks.analyzer.RestartMeasurement;
import io.antichain.benchmarks.analyzer.SoakMeasurement;
import io.antichain.benchmarks.analyzer.SourcesMeasurement;
import io.antichain.benchmarks.clocks.CompareMeasurement;
import io.antichain.benchmarks.clocks.RivalsMeasurement;
import io.antichain.benchmarks.engine.EngineMeasurement;
import io.antichain.benchmarks.engine.HistoryMeasurement;
import io.antichain.benchmarks.engine.RatesMeasurement;
import io.antichain.benchmarks.node.NodeMeasurement;
import io.antichain.benchmarks.stamping.StampingMeasurement;
import java.util.Map;
import java.util.TreeMap;

/** The program that runs one measurement by name: progress on stderr, one line of JSON on stdout. */
public final class Benchmarks {
    private static final int USAGE = 2;

    private static final Map<String, Measurement> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("analyzer", new AnalyzerMeasurement()),
            Map.entry("clocks", new RivalsMeasurement()),
            Map.entry("compare", new CompareMeasurement()),
            Map.entry("engine", new EngineMeasurement()),
            Map.entry("history", new HistoryMeasurement()),
            Map.entry("idle", new IdleMeasurement()),
            Map.entry("node", new NodeMeasurement()),
            Map.entry("page", new PageMeasurement()),
            Map.entry("rates", new RatesMeasurement()),
            Map.entry("restart", new RestartMeasurement()),
            Map.entry("soak", new SoakMeasurement()),
            Map.entry("sources", new SourcesMeasurement()),
            Map.entry("stamping", new StampingMeasurement())));

    private Benchmarks() {}

    /** Runs the measurement that the one argument names; exits with 2 if there is none of that name. */
    public static void main(String[] arguments) throws Exception {
        Measurement measurement = arguments.length == 1 ? BY_NAME.get(arguments[0]) : null;
        if (measurement == null) {
            System.err.println("A benchmark has a name: benchmark=" + String.join(" ", arguments) + "; name one of "
                    + String.join(", ", BY_NAME.keySet()));
            System.exit(USAGE);
        }
        System.out.println(new ObjectMapper().writeValueAsString(measurement.run()));
    }
}
