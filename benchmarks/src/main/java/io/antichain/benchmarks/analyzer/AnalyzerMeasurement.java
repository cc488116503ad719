package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.benchmarks.analyzer.Measured.Rate;
import io.antichain.schemas.Topics;
import java.util.List;

/**
 * The analyzer's rate as a share of a pass-through topology's on the same input, that of the obvious alternative, latency,
 * and memory. System properties: {@code events} (12,000,000) a run, {@code rounds} (1; of several the better one counts),
 * {@code memoryEvents} (20,000,000; 0 for none).
 */
public final class AnalyzerMeasurement implements Measurement {
    private static final int PROCESSES = 4;
    private static final int KEYS = 1_000_000;
    private static final int PARTITIONS = 6;
    private static final int[] SHARES = {1, 10, 50};

    private final long events = Long.getLong("events", 12_000_000);
    private final int rounds = Integer.getInteger("rounds", 1);
    private final long memoryEvents = Long.getLong("memoryEvents", 20_000_000);
    private final ObjectNode eventsPerSecond = JsonNodeFactory.instance.objectNode();
    private Bench bench;
    private int runs;

    @Override
    public JsonNode run() throws Exception {
        try (Bench opened = new Bench()) {
            bench = opened;
            ObjectNode summary = JsonNodeFactory.instance.objectNode();
            ObjectNode ratios = summary.putObject("ratioToPassThrough");
            ObjectNode all = ratios.putObject("all");
            ObjectNode cpuRatios = summary.putObject("cpuRatioToPassThrough");
            ObjectNode cpuAll = cpuRatios.putObject("all");
            double analyzerAtTen = 0;
            for (int share : SHARES) {
                String topic = "all-" + share;
                bench.write(topic, 1, new TurnsLog(PROCESSES, share / 100.0, KEYS, share), events);
                if (share == SHARES[0]) {
                    note("bareConsumer", BareConsumer.rate(bench.client(), topic));
                }
                Compared compared = compared("all", share + "%", topic);
                all.put("" + share, compared.ratio());
                cpuAll.put("" + share, compared.cpuRatio());
                analyzerAtTen = share == 10 ? compared.analyzer().perSecond() : analyzerAtTen;
            }
            String keyed = "keyed";
            bench.write(keyed, PARTITIONS, new TurnsLog(PROCESSES, 0.1, KEYS, 7), events);
            Compared compared = compared("key", "10%", keyed);
            ratios.put("key", compared.ratio());
            cpuRatios.put("key", compared.cpuRatio());
            double two = analyzer("key", keyed, 2).rate().perSecond();
            note("analyzer, scope key, two instances", two);
            summary.put("twoInstancesToOne", rounded(two / compared.analyzer().perSecond()));
            bench.write("alternative", 1, new TurnsLog(PROCESSES, 0.1, KEYS, 10), events / 24);
            summary.put("ratioToStoreEveryEvent", rounded(analyzerAtTen / storeEveryEvent("alternative")));
            summary.set("latencyMs", new Latency(bench).measure());
            summary.set("msToNextConflict", new Restarts(bench, 1).measure());
            if (memoryEvents > 0) {
                summary.set("residentMib", memory());
            }
            summary.set("eventsPerSecond", eventsPerSecond);
            return summary;
        }
    }

    private record Run(Rate rate, OutputSize output) {}

    private record Compared(Rate analyzer, Rate passThrough) {
        double ratio() {
            return rounded(analyzer.perSecond() / passThrough.perSecond());
        }

        double cpuRatio() {
            return rounded(passThrough.cpuMicros() / analyzer.cpuMicros());
        }
    }

    /** The better of the rounds of each, taken in turns: what else the machine does hits both. */
    private Compared compared(String scope, String label, String topic) throws Exception {
        Rate analyzer = new Rate(0, Double.MAX_VALUE);
        Rate passThrough = analyzer;
        for (int round = 0; round < rounds; round++) {
            Run run = analyzer(scope, topic, 1);
            analyzer = better(analyzer, run.rate());
            passThrough = better(passThrough, passThrough(scope, topic, run.output()));
        }
        note("analyzer, scope " + scope + ", " + label, analyzer.perSecond());
        note("passThrough, scope " + scope + ", " + label, passThrough.perSecond());
        return new Compared(analyzer, passThrough);
    }

    private static Rate better(Rate one, Rate other) {
        return new Rate(Math.max(one.perSecond(), other.perSecond()), Math.min(one.cpuMicros(), other.cpuMicros()));
    }

    private Run analyzer(String scope, String topic, int instances) throws Exception {
        Topics topics = new Topics("run-" + ++runs + ".");
        bench.createOutputs(topics);
        try (Measured measured = Measured.start(
                bench,
                Measured.group(topics, scope),
                instances,
                List.of(),
                List.of("analyzer", topics.prefix(), scope.toUpperCase(java.util.Locale.ROOT), topic))) {
            Rate rate = measured.rate(topic);
            return new Run(rate, OutputSize.of(bench, topics.conflicts()));
        }
    }

    private Rate passThrough(String scope, String topic, OutputSize output) throws Exception {
        String application = "run-" + ++runs;
        bench.create(application, 1);
        try (Measured measured = Measured.start(
                bench,
                application,
                1,
                List.of(),
                List.of(
                        "pass-through",
                        application,
                        topic,
                        application,
                        "" + (double) output.records() / events,
                        "" + output.bytes()))) {
            return measured.rate(topic);
        }
    }

    private double storeEveryEvent(String topic) throws Exception {
        String application = "run-" + ++runs;
        bench.create(application, 1);
        try (Measured measured =
                Measured.start(bench, application, 1, "store-every-event", application, topic, application)) {
            double rate = measured.rate(topic).perSecond();
            note("storeEveryEvent", rate);
            return rate;
        }
    }

    /** Resident memory of one analyzer after one million events, and after all. */
    private ObjectNode memory() throws Exception {
        Topics topics = new Topics("run-" + ++runs + ".");
        bench.createOutputs(topics);
        String topic = "memory";
        bench.write(topic, 1, new TurnsLog(PROCESSES, 0.1, KEYS, 20), memoryEvents);
        try (Measured measured =
                Measured.start(bench, Measured.group(topics, "all"), 1, "analyzer", topics.prefix(), "ALL", topic)) {
            ObjectNode resident = JsonNodeFactory.instance.objectNode();
            for (long after : new long[] {1_000_000, memoryEvents / 2, memoryEvents}) {
                measured.awaitCommitted(topic, after);
                resident.put("" + after, measured.residentMib());
            }
            return resident;
        }
    }

    private void note(String what, double rate) {
        eventsPerSecond.put(what, Math.round(rate));
        System.err.printf("%s: %,.0f events/s%n", what, rate);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
