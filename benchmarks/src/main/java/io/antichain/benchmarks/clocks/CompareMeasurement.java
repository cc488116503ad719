package io.antichain.benchmarks.clocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How many times as fast as Pekko and Hazelcast clocks are compared. The ratios are those of a mixture in which each
 * relation stands as often; beside them stand the least ones over all relations.
 */
public final class CompareMeasurement implements Measurement {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public JsonNode run() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(CompareBenchmark.class.getName())
                .include(IncludesBenchmark.class.getName())
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(400))
                .addProfiler(GCProfiler.class)
                .build();
        Collection<RunResult> results =
                new Runner(options, OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL)).run();
        return summary(results);
    }

    private static ObjectNode summary(Collection<RunResult> results) {
        // Size, then relation, then library: ns an operation.
        Map<Integer, Map<String, Map<String, Double>>> compared = new TreeMap<>();
        ObjectNode includes = JsonNodeFactory.instance.objectNode();
        double allocated = 0;
        double slowestIncludes = 0;
        for (RunResult result : results) {
            String[] names = result.getParams().getBenchmark().split("\\.");
            String method = names[names.length - 1];
            double ns = result.getPrimaryResult().getScore();
            if (names[names.length - 2].equals(CompareBenchmark.class.getSimpleName())) {
                compared.computeIfAbsent(Integer.valueOf(result.getParams().getParam("size")), size -> new TreeMap<>())
                        .computeIfAbsent(result.getParams().getParam("relation"), relation -> new TreeMap<>())
                        .put(method, ns);
            } else {
                includes.put(method, rounded(ns));
                slowestIncludes = Math.max(slowestIncludes, ns);
            }
            if (!method.startsWith("pekko") && !method.startsWith("hazelcast")) {
                allocated = Math.max(
                        allocated, result.getSecondaryResults().get(ALLOCATED).getScore());
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String library : List.of("pekko", "hazelcast", "hazelcastIsAfter")) {
            String name = "times" + library.substring(0, 1).toUpperCase(Locale.ROOT) + library.substring(1);
            json.set(name, ratios(compared, library, PairKind.MIXED.name()::equals));
            json.set(name + "Least", ratios(compared, library, relation -> true));
        }
        json.put("includesNs", rounded(slowestIncludes));
        json.set("includesNsBy", includes);
        json.put("allocatedBytes", rounded(allocated));
        json.set("compareNs", allTimes(compared));
        return json;
    }

    /** By size, the least ratio over the relations named. */
    private static ObjectNode ratios(
            Map<Integer, Map<String, Map<String, Double>>> compared, String library, Predicate<String> relations) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        compared.forEach((size, byRelation) -> json.put(
                size.toString(),
                rounded(byRelation.entrySet().stream()
                        .filter(relation -> relations.test(relation.getKey()))
                        .mapToDouble(relation -> relation.getValue().get(library)
                                / relation.getValue().get("antichain"))
                        .min()
                        .orElseThrow())));
        return json;
    }

    private static ObjectNode allTimes(Map<Integer, Map<String, Map<String, Double>>> compared) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        compared.forEach((size, byRelation) -> {
            ObjectNode ofSize = json.putObject(size.toString());
            byRelation.forEach((relation, byLibrary) -> {
                ObjectNode ofRelation = ofSize.putObject(relation);
                byLibrary.forEach((library, ns) -> ofRelation.put(library, rounded(ns)));
            });
        });
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
