package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.benchmarks.analyzer.Measured.Rate;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * What it costs to bring sources together: scope all over a topic of {@value #PARTITIONS} partitions, in two stages, with one
 * and two instances, beside the same events in a topic of one partition, in one stage, and beside a pass-through topology; and
 * the latency of a conflict in one stage and in two. System property: {@code events} (3,000,000) a run.
 */
public final class SourcesMeasurement implements Measurement {
    private static final int PROCESSES = 4;
    private static final int KEYS = 1_000_000;
    private static final int PARTITIONS = 12;
    private static final double SHARE = 0.1;

    private final long events = Long.getLong("events", 3_000_000);
    private Bench bench;
    private int runs;

    @Override
    public JsonNode run() throws Exception {
        try (Bench opened = new Bench()) {
            bench = opened;
            say("writing twice " + events + " events");
            bench.write("one", 1, new TurnsLog(PROCESSES, SHARE, KEYS, 1), events);
            bench.write("twelve", PARTITIONS, new TurnsLog(PROCESSES, SHARE, KEYS, 1), events);
            ObjectNode summary = JsonNodeFactory.instance.objectNode();
            say("pass-through, one partition");
            Rate passThrough = passThrough();
            say("one stage, one partition");
            Rate one = oneStage();
            put(summary, "passThrough", passThrough);
            put(summary, "oneStage", one);
            say("two stages, " + PARTITIONS + " partitions");
            Rate two = twoStages(1, summary);
            put(summary, "twoStages", two);
            say("two stages, two instances");
            put(summary, "twoStagesTwoInstances", twoStages(2, summary));
            summary.putObject("twoStagesToPassThrough")
                    .put("rate", rounded(two.perSecond() / passThrough.perSecond()))
                    .put("processorTime", rounded(passThrough.cpuMicros() / two.cpuMicros()));
            say("latency");
            Latency latency = new Latency(bench);
            summary.putObject("latencyMs")
                    .<ObjectNode>set("oneStage", latency.ofAnalyzer(1))
                    .set("twoStages", latency.ofAnalyzer(2));
            return summary;
        }
    }

    private static void say(String what) {
        System.err.println("sources: " + what);
    }

    private static void put(ObjectNode summary, String name, Rate rate) {
        summary.putObject(name)
                .put("eventsPerSecond", Math.round(rate.perSecond()))
                .put("processorMicrosPerEvent", rounded(rate.cpuMicros()));
    }

    private Rate passThrough() throws Exception {
        String application = "run-" + ++runs;
        bench.create(application, 1);
        try (Measured measured = Measured.start(
                bench, application, 1, "pass-through", application, "one", application, "" + SHARE, "200")) {
            return measured.rate("one");
        }
    }

    private Rate oneStage() throws Exception {
        Topics topics = topics();
        try (Measured measured =
                Measured.start(bench, Measured.group(topics, "all"), 1, "analyzer", topics.prefix(), "ALL", "one")) {
            return measured.rate("one");
        }
    }

    /** Over the last half of what the second stage commits. */
    private Rate twoStages(int instances, ObjectNode summary) throws Exception {
        Topics topics = topics();
        bench.create(topics.order(Scope.ALL), 1);
        try (Measured measured = Measured.start(
                bench, Measured.group(topics, "all"), instances, "analyzer", topics.prefix(), "ALL", "twelve")) {
            Rate rate = measured.rate(topics.order(Scope.ALL), events);
            if (instances > 1) {
                summary.set("sourcePartitionsByInstance", assigned(Measured.group(topics, "all")));
            }
            return rate;
        }
    }

    private Topics topics() {
        Topics topics = new Topics("run-" + ++runs + ".");
        bench.createOutputs(topics);
        return topics;
    }

    private JsonNode assigned(String group) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        for (MemberDescription member : bench.admin()
                .describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .members()) {
            counts.merge(
                    member.groupInstanceId().orElse("").replaceAll("-\\d+$", "").replaceAll(".*-", ""),
                    member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals("twelve"))
                            .count(),
                    Long::sum);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach(json::put);
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
