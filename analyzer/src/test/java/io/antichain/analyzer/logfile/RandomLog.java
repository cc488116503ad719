package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Executions drawn from a seed: processes that step, and now and then hear of what another had done. */
public final class RandomLog {
    private RandomLog() {}

    /**
     * Draws an execution.
     *
     * @param keptShare the share of the events that the log holds; the others leave gaps
     */
    public static List<LoggedEvent> events(Random random, int processes, int steps, double keptShare) {
        VectorClock[] clocks = new VectorClock[processes];
        ProcessId[] ids = new ProcessId[processes];
        for (int p = 0; p < processes; p++) {
            ids[p] = ProcessId.of("p" + p);
            clocks[p] = VectorClock.empty();
        }
        List<LoggedEvent> events = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int p = random.nextInt(processes);
            if (random.nextInt(3) == 0) {
                clocks[p] = clocks[p].merge(clocks[random.nextInt(processes)]);
            }
            clocks[p] = clocks[p].tick(ids[p]);
            if (random.nextDouble() < keptShare) {
                events.add(new LoggedEvent(ids[p], clocks[p], "step " + step, Map.of(), "x.log", 2 * step + 1));
            }
        }
        return events;
    }
}
