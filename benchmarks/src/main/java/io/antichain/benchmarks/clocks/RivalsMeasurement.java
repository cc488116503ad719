package io.antichain.benchmarks.clocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * How many times as fast as Pekko and Hazelcast clocks are merged, ticked, written and read, and what that allocates: by
 * operation and size. Ratios above 1 are in this project's favour.
 */
public final class RivalsMeasurement implements Measurement {
    private static final String OURS = "antichain";

    @Override
    public JsonNode run() throws RunnerException {
        Collection<RunResult> results =
                JmhRun.of(MergeBenchmark.class, TickBenchmark.class, EncodeBenchmark.class, DecodeBenchmark.class);
        ObjectNode nanos = figures(results, JmhRun::nanos);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String library : List.of("pekko", "hazelcast", "hazelcastInPlace")) {
            String name = "times" + library.substring(0, 1).toUpperCase(Locale.ROOT) + library.substring(1);
            json.set(name, ratios(nanos, library));
        }
        json.set("ns", nanos);
        json.set("allocatedBytes", figures(results, JmhRun::allocatedBytes));
        return json;
    }

    /** By operation, then size, then library. */
    private static ObjectNode figures(Collection<RunResult> results, ToDoubleFunction<RunResult> figure) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (RunResult result : results) {
            json.withObjectProperty(operation(result))
                    .withObjectProperty(result.getParams().getParam("size"))
                    .put(JmhRun.method(result), JmhRun.rounded(figure.applyAsDouble(result)));
        }
        return json;
    }

    /** By operation, then size; of operations that the library has. */
    private static ObjectNode ratios(ObjectNode nanos, String library) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        nanos.properties()
                .forEach(operation -> operation.getValue().properties().forEach(size -> {
                    JsonNode libraries = size.getValue();
                    if (libraries.has(library)) {
                        json.withObjectProperty(operation.getKey())
                                .put(
                                        size.getKey(),
                                        JmhRun.rounded(libraries.get(library).asDouble()
                                                / libraries.get(OURS).asDouble()));
                    }
                }));
        return json;
    }

    private static String operation(RunResult result) {
        String name = JmhRun.benchmark(result).replace("Benchmark", "").toLowerCase(Locale.ROOT);
        String relation = result.getParams().getParam("relation");
        String sets = result.getParams().getParam("sets");
        return name + (relation == null ? "" : " " + relation) + (sets == null ? "" : " sets=" + sets);
    }
}
