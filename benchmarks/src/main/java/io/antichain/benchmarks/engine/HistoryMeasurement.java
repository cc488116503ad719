package io.antichain.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.benchmarks.Benchmarks.Measurement;
import io.antichain.schemas.Event;

/**
 * What a long history costs: the speed at its beginning and its end, and the memory. Then one of the four processes is cut
 * off: what it has not acknowledged is held, until log time says that it is silent. Run it in a small heap:
 * {@code ANTICHAIN_JAVA_OPTS=-Xmx64m}.
 */
public final class HistoryMeasurement implements Measurement {
    private static final long EVENTS = Long.getLong("events", 100_000_000);
    private static final long STRETCH = 1_000_000;
    private static final int PROCESSES = 4;
    private static final int CHUNK = 1_000;
    private static final int CUT_OFF_EVENTS = 200_000;
    private static final long SILENT_AFTER_MS = EngineLimits.DEFAULT.silentAfterMs();

    private final GeneratedLog log = new GeneratedLog(PROCESSES, 20_260_105L);
    private final OrderEngine engine = OrderEngine.overAll(EngineLimits.DEFAULT, 0);
    private final Event[] chunk = new Event[CHUNK];
    private long offset;

    @Override
    public JsonNode run() {
        for (int process = 0; process < PROCESSES; process++) {
            engine.arrive(log.announcement(process), 0, offset++, 0);
        }
        place(STRETCH, 0); // warms up
        place(STRETCH, 0);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("events", EVENTS).put("maxHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
        double atFirst = place(5 * STRETCH, 0);
        for (long placed = 7 * STRETCH; placed < EVENTS - 5 * STRETCH; placed += STRETCH) {
            place(STRETCH, 0);
            if (placed % (10 * STRETCH) == 0) {
                System.err.printf("%,d events, %,d held, %,d KiB in use%n", placed, engine.held(), usedKiB());
            }
        }
        double atLast = place(5 * STRETCH, 0);
        json.put("eventsPerSecondAtFirst", Math.round(atFirst)).put("eventsPerSecondAtLast", Math.round(atLast));
        json.put("lastToFirst", Math.round(100 * atLast / atFirst) / 100.0);
        json.put("held", engine.held()).put("usedKiB", usedKiB());
        json.set("silence", silence());
        return json;
    }

    private ObjectNode silence() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        long before = usedKiB();
        log.cutOff(PROCESSES - 1);
        place(CUT_OFF_EVENTS, SILENT_AFTER_MS / 2);
        long held = engine.held();
        json.put("events", CUT_OFF_EVENTS).put("held", held);
        long grown = usedKiB() - before;
        json.put("grownKiB", grown).put("bytesAnEventHeld", Math.round(1024.0 * grown / held));
        place(CHUNK, 2 * SILENT_AFTER_MS);
        json.put("heldAfterSilence", engine.held()).put("leftKiB", usedKiB() - before);
        return json;
    }

    /** Places some more, all at one log time, and says how many a second; generating them is not counted. */
    private double place(long events, long logTimeMs) {
        long ns = 0;
        for (long placed = 0; placed < events; placed += CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                chunk[i] = log.next();
            }
            long before = System.nanoTime();
            for (Event event : chunk) {
                engine.arrive(event, 0, offset++, logTimeMs);
            }
            ns += System.nanoTime() - before;
        }
        return 1e9 * events / ns;
    }

    private static long usedKiB() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 10;
    }
}
