package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One program, and what it did in all the turns that it had. */
abstract class LoadTurns {
    private final LoadedJvm jvm;
    private long messages;
    private long ns;
    private long cpuNs;
    private long totalCpuNs;

    LoadTurns(LoadedJvm jvm) {
        this.jvm = jvm;
    }

    /** Is under load for so long, and returns with how many messages. */
    abstract long work(long ms) throws Exception;

    /** How long things took in all turns: p50 and p99 in ms. */
    abstract JsonNode latencyMs();

    final void take(long ms) throws Exception {
        long beganNs = System.nanoTime();
        long beganCpuNs = jvm.cpuNs();
        long beganTotalNs = jvm.totalCpuNs();
        messages += work(ms);
        ns += System.nanoTime() - beganNs;
        cpuNs += jvm.cpuNs() - beganCpuNs;
        totalCpuNs += jvm.totalCpuNs() - beganTotalNs;
    }

    final LoadedJvm jvm() {
        return jvm;
    }

    final long messages() {
        return messages;
    }

    final double perSecond() {
        return messages * 1e9 / ns;
    }

    /** Processor time a message, of all threads of the program's JVM but the compiler's. */
    final double cpuMicros() {
        return micros(cpuNs);
    }

    private double micros(long ofAllMessages) {
        return Math.round(ofAllMessages / 10.0 / messages) / 100.0;
    }

    final ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("messagesPerSecond", Math.round(perSecond()));
        json.set("latencyMs", latencyMs());
        json.put("processorMicrosPerMessage", cpuMicros());
        return json.put("withCompilerMicrosPerMessage", micros(totalCpuNs));
    }
}
