package io.antichain.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import java.util.Arrays;

/**
 * What a long history costs, in time and memory: an engine with a history of 100 million events takes turns with one that
 * has a history of one million; both hold a full default window. Run it in a small heap: {@code ANTICHAIN_JAVA_OPTS=-Xmx64m}.
 */
public final class HistoryMeasurement implements Measurement {
    private static final long EVENTS = Long.getLong("events", 100_000_000);
    private static final int MILLION = 1_000_000;
    private static final int TURNS = 1_001;
    private static final int TURN_EVENTS = 5_000;
    private static final int PROCESSES = 4;
    private static final long SEED = 20_260_105L;

    @Override
    public JsonNode run() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("events", EVENTS).put("maxHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
        FedEngine old = new FedEngine(PROCESSES, SEED);
        for (long placed = MILLION; placed <= EVENTS; placed += MILLION) {
            old.place(MILLION, 0);
            if (placed % (10 * MILLION) == 0) {
                System.err.printf("%,d events, %,d held, %,d KiB in use%n", placed, old.held(), usedKiB());
            }
        }
        FedEngine young = new FedEngine(PROCESSES, SEED);
        young.place(MILLION, 0);
        long[] youngNs = new long[TURNS];
        long[] oldNs = new long[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            youngNs[turn] = young.place(TURN_EVENTS, 0);
            oldNs[turn] = old.place(TURN_EVENTS, 0);
        }
        json.put("eventsPerSecondAfterOneMillion", perSecond(median(youngNs)));
        json.put("eventsPerSecondAtTheEnd", perSecond(median(oldNs)));
        json.put("endToOneMillion", Math.round(100.0 * median(youngNs) / median(oldNs)) / 100.0);
        json.put("held", old.held()).put("usedKiB", usedKiB());
        return json;
    }

    /** Of turns: a pause for the garbage, or another program's turn on the core, is no turn's usual cost. */
    private static long median(long[] ns) {
        long[] sorted = ns.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long perSecond(long ns) {
        return Math.round(1e9 * TURN_EVENTS / ns);
    }

    private static long usedKiB() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10;
    }
}
