package io.antichain.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How many events a second the engine places on one core, and how many times as fast that is as comparing every pair. */
public final class EngineMeasurement implements Measurement {
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    @Override
    public JsonNode run() throws RunnerException {
        ObjectNode summary = json.objectNode();
        ObjectNode eventsPerSecond = summary.putObject("eventsPerSecond");
        ObjectNode workload = summary.putObject("workload");
        for (RunResult result : speeds()) {
            String log = result.getParams().getParam("log");
            String size = size(result);
            eventsPerSecond
                    .withObject("/" + log)
                    .put(size, Math.round(result.getPrimaryResult().getScore()));
            workload.withObject("/" + log).set(size, workload(result.getSecondaryResults()));
        }
        ObjectNode timesAllPairs = summary.putObject("timesAllPairs");
        allPairs()
                .forEach((size, times) ->
                        timesAllPairs.put(size, Math.round(times.get("everyPair") / times.get("engine"))));
        ObjectNode conflictRecords = summary.putObject("conflictRecords");
        for (RunResult result : conflictRecords()) {
            conflictRecords
                    .putObject(size(result))
                    .put("bytes", ConflictRecordBenchmark.bytes(Integer.parseInt(size(result))))
                    .put("perSecond", Math.round(result.getPrimaryResult().getScore()));
        }
        return summary;
    }

    private static String size(RunResult result) {
        return result.getParams().getParam("processes");
    }

    private ObjectNode workload(@SuppressWarnings("rawtypes") Map<String, Result> found) {
        double events = found.get("events").getScore();
        ObjectNode workload = json.objectNode();
        workload.put("conflictShare", rounded(found.get("conflicts").getScore() / events));
        workload.put("runsPerEvent", rounded(found.get("runs").getScore() / events));
        workload.put("pairsPerEvent", rounded(found.get("pairs").getScore() / events));
        return workload;
    }

    private static Collection<RunResult> speeds() throws RunnerException {
        OptionsBuilder options = options(EngineBenchmark.class);
        options.warmupIterations(4).warmupTime(TimeValue.seconds(2));
        options.measurementIterations(5).measurementTime(TimeValue.seconds(3));
        return runner(options).run();
    }

    private static Collection<RunResult> conflictRecords() throws RunnerException {
        OptionsBuilder options = options(ConflictRecordBenchmark.class);
        options.warmupIterations(2).warmupTime(TimeValue.seconds(1));
        options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
        return runner(options).run();
    }

    private static Map<String, Map<String, Double>> allPairs() throws RunnerException {
        OptionsBuilder options = options(AllPairsBenchmark.class);
        options.warmupIterations(3).measurementIterations(5);
        Map<String, Map<String, Double>> bySize = new LinkedHashMap<>();
        for (RunResult result : runner(options).run()) {
            String benchmark = result.getParams().getBenchmark();
            bySize.computeIfAbsent(size(result), size -> new TreeMap<>())
                    .put(
                            benchmark.substring(benchmark.lastIndexOf('.') + 1),
                            result.getPrimaryResult().getScore());
        }
        return bySize;
    }

    /** One thread; and the garbage is collected on it too, as one core has it. */
    private static OptionsBuilder options(Class<?> benchmark) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark.getName()).forks(1).jvmArgs("-Xmx1g", "-XX:+UseSerialGC");
        return options;
    }

    private static Runner runner(OptionsBuilder options) {
        return new Runner(options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
