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
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * How many times as fast as Pekko and Hazelcast clocks are compared. The ratios are those of a mixture in which each
 * relation stands as often; beside them stand the least ones over all relations.
 */
public final class CompareMeasurement implements Measurement {
    @Override
    public JsonNode run() throws RunnerException {
        return summary(JmhRun.of(CompareBenchmark.class, IncludesBenchmark.class));
    }

    private static ObjectNode summary(Collection<RunResult> results) {
        // Size, then relation, then library: ns an operation.
        Map<Integer, Map<String, Map<String, Double>>> compared = new TreeMap<>();
        ObjectNode includes = JsonNodeFactory.instance.objectNode();
        double allocated = 0;
        double slowestIncludes = 0;
        for (RunResult result : results) {
            String method = JmhRun.method(result);
            double ns = JmhRun.nanos(result);
            if (JmhRun.benchmark(result).equals(CompareBenchmark.class.getSimpleName())) {
                compared.computeIfAbsent(Integer.valueOf(result.getParams().getParam("size")), size -> new TreeMap<>())
                        .computeIfAbsent(result.getParams().getParam("relation"), relation -> new TreeMap<>())
                        .put(method, ns);
            } else {
                includes.put(method, JmhRun.rounded(ns));
                slowestIncludes = Math.max(slowestIncludes, ns);
            }
            if (!method.startsWith("pekko") && !method.startsWith("hazelcast")) {
                allocated = Math.max(allocated, JmhRun.allocatedBytes(result));
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String library : List.of("pekko", "hazelcast", "hazelcastIsAfter")) {
            String name = "times" + library.substring(0, 1).toUpperCase(Locale.ROOT) + library.substring(1);
            json.set(name, ratios(compared, library, PairKind.MIXED.name()::equals));
            json.set(name + "Least", ratios(compared, library, relation -> true));
        }
        json.put("includesNs", JmhRun.rounded(slowestIncludes));
        json.set("includesNsBy", includes);
        json.put("allocatedBytes", JmhRun.rounded(allocated));
        json.set("compareNs", allTimes(compared));
        return json;
    }

    /** By size, the least ratio over the relations named. */
    private static ObjectNode ratios(
            Map<Integer, Map<String, Map<String, Double>>> compared, String library, Predicate<String> relations) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        compared.forEach((size, byRelation) -> json.put(
                size.toString(),
                JmhRun.rounded(byRelation.entrySet().stream()
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
                byLibrary.forEach((library, ns) -> ofRelation.put(library, JmhRun.rounded(ns)));
            });
        });
        return json;
    }
}
