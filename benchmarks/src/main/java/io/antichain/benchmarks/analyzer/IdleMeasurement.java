package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What programs cost while nobody publishes: a node beside a bare consumer, the analyzer beside a bare Kafka Streams application with
 * the same settings. All of them are up at once, each in a JVM of its own. System property: {@code seconds} (60).
 */
public final class IdleMeasurement implements Measurement {
    private static final int SETTLING_SECONDS = 60;

    private final int seconds = Integer.getInteger("seconds", 60);

    @Override
    public JsonNode run() throws Exception {
        Map<String, Measured> programs = new LinkedHashMap<>();
        try (Bench bench = new Bench()) {
            try {
                Topics topics = new Topics(Topics.DEFAULT_PREFIX);
                bench.create(topics.events(), 1);
                bench.create(new NewTopic(topics.clocks(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
                bench.createOutputs(topics);
                bench.create("passed", 1);
                programs.put("bareConsumer", Measured.start(bench, "", 1, "bare-consumer", topics.events()));
                programs.put("node", Measured.start(bench, "", 1, "node"));
                programs.put(
                        "bareStreams",
                        Measured.start(bench, "", 1, "pass-through", "bare", topics.events(), "passed", "1.0", "100"));
                programs.put(
                        "analyzer", Measured.start(bench, "", 1, "analyzer", topics.prefix(), "ALL", topics.events()));
                System.err.println("idle: settling for " + SETTLING_SECONDS + " s");
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                return measure(programs);
            } finally {
                for (Measured program : programs.values()) {
                    program.close();
                }
            }
        }
    }

    private JsonNode measure(Map<String, Measured> programs) throws Exception {
        Map<String, Measured.Effort> before = new LinkedHashMap<>();
        for (Map.Entry<String, Measured> program : programs.entrySet()) {
            before.put(program.getKey(), program.getValue().effort());
        }
        System.err.println("idle: measuring for " + seconds + " s");
        TimeUnit.SECONDS.sleep(seconds);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Map<String, Measured.Effort> perMinute = new LinkedHashMap<>();
        for (Map.Entry<String, Measured> program : programs.entrySet()) {
            Measured.Effort effort = program.getValue()
                    .effort()
                    .since(before.get(program.getKey()))
                    .times(60.0 / seconds);
            perMinute.put(program.getKey(), effort);
            result.putObject(program.getKey())
                    .put("processorMsPerMinute", Math.round(effort.cpuMs()))
                    .put("wakeUpsPerMinute", Math.round(effort.wakeUps()));
        }
        ratios(result.putObject("nodeToBareConsumer"), perMinute.get("node"), perMinute.get("bareConsumer"));
        ratios(result.putObject("analyzerToBareStreams"), perMinute.get("analyzer"), perMinute.get("bareStreams"));
        return result;
    }

    private static void ratios(ObjectNode into, Measured.Effort ours, Measured.Effort bare) {
        into.put("processorTime", Math.round(100 * ours.cpuMs() / bare.cpuMs()) / 100.0)
                .put("wakeUps", Math.round(100 * ours.wakeUps() / bare.wakeUps()) / 100.0);
    }
}
