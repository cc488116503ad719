package io.antichain.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Of how many events a second the concurrent earlier ones are found, by the number of processes and by the length of the history: by
 * the engine, and by comparing each event with every earlier one, with this project's clocks and with Pekko's. {@code
 * benchmarks/draw.mjs} draws it.
 */
public final class RatesMeasurement implements Measurement {
    private static final List<Integer> PROCESSES = List.of(4, 16, 64, 256, 1_000);
    private static final int HISTORY = 2_000;
    private static final List<Integer> HISTORIES = List.of(100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000);
    private static final int FEW_PROCESSES = 4;
    /** The longest history with which every two are compared. */
    private static final int LONGEST_FOR_EVERY_TWO = 100_000;

    private static final List<Integer> WARM_UP = List.of(4, 64, 256, 4, 64, 256);
    private static final int WARM_UP_HISTORY = 20_000;
    private static final int HISTORIES_EACH = 3;
    private static final int TURNS = 9;
    private static final int ENGINE_TURN = 1_000;
    private static final int EVERY_TWO_TURN = 10;
    private static final long SEED = 20_260_105L;

    private static final Map<String, Supplier<Finder>> FINDERS = new TreeMap<>(Map.of(
            "antichain", Finder::engine, "everyTwo", Finder::everyTwo, "everyTwoPekko", Finder::everyTwoWithPekko));

    private long found;

    @Override
    public JsonNode run() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode byProcesses = json.putObject("byProcesses");
        ObjectNode byHistory = json.putObject("byHistory");
        FINDERS.forEach((name, finder) -> {
            for (int processes : WARM_UP) {
                perSecond(name, finder.get(), processes, WARM_UP_HISTORY);
            }
            ObjectNode rates = byProcesses.putObject(name);
            for (int processes : PROCESSES) {
                rates.put("" + processes, best(name, finder, processes, HISTORY));
            }
            ObjectNode overHistory = byHistory.putObject(name);
            for (int history : HISTORIES) {
                if (name.equals("antichain") || history <= LONGEST_FOR_EVERY_TWO) {
                    overHistory.put("" + history, best(name, finder, FEW_PROCESSES, history));
                }
            }
        });
        System.err.println("rates: pairs=" + found);
        return json.put("history", HISTORY).put("processes", FEW_PROCESSES);
    }

    /** Of some histories: what one begins with is compiled for what came before. */
    private long best(String name, Supplier<Finder> finder, int processes, int history) {
        long best = 0;
        for (int i = 0; i < HISTORIES_EACH; i++) {
            best = Math.max(best, perSecond(name, finder.get(), processes, history));
        }
        return best;
    }

    /** Of turns the fastest: what else runs can only make one slower. */
    private long perSecond(String name, Finder finder, int processes, int history) {
        EndlessLog log = new GeneratedLog(processes, SEED);
        for (int i = 0; i < history; i++) {
            finder.hold(log.next());
        }
        int turn = name.equals("antichain") ? ENGINE_TURN : EVERY_TWO_TURN;
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < TURNS; i++) {
            List<Event> events = new ArrayList<>();
            while (events.size() < turn) {
                events.add(log.next());
            }
            long beganNs = System.nanoTime();
            for (Event event : events) {
                found += finder.concurrentWith(event);
            }
            leastNs = Math.min(leastNs, System.nanoTime() - beganNs);
        }
        long perSecond = Math.round(1e9 * turn / leastNs);
        System.err.printf(
                "rates: %s, %,d processes, history of %,d: %,d events/s%n", name, processes, history, perSecond);
        return perSecond;
    }
}
