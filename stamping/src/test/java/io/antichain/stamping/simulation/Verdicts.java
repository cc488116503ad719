package io.antichain.stamping.simulation;

import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.order.OrderEngine;
import io.antichain.analyzer.order.Outcome;
import io.antichain.clocks.Dot;
import io.antichain.clocks.Stamp;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What the analyzer's engine says of an execution, held against the truth. */
final class Verdicts {
    private final Execution execution;
    private final OrderEngine engine;
    private final int window;
    private final int recent;
    private final List<Log.Landed> seen = new ArrayList<>();
    private final Map<Dot, Integer> byDot = new HashMap<>();
    private final Set<Long> reported = new HashSet<>();

    final List<String> faults = new ArrayList<>();
    long pairs;
    long complete;
    long incomplete;

    /**
     * Reads the whole log with an engine.
     *
     * @param window of the engine, in arrivals
     * @param recent of how many arrivals a complete record speaks
     * @param ahead how many records a partition may be read ahead of the others
     */
    Verdicts(Execution execution, int window, int recent, int ahead, Random random) {
        this.execution = execution;
        this.window = window;
        this.recent = recent;
        int partitions = execution.log.size();
        EngineLimits limits = new EngineLimits(
                1_000,
                1_000_000,
                window,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        this.engine = OrderEngine.over(Scope.ALL, limits, new SourcePartition("order-all", 0));
        int[] next = new int[partitions];
        while (true) {
            List<Integer> left = IntStream.range(0, partitions)
                    .filter(p -> next[p] < execution.log.of(p).size())
                    .boxed()
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            int oldest = left.stream()
                    .mapToInt(p -> execution.log.of(p).get(next[p]).order())
                    .min()
                    .orElseThrow();
            int drawn = left.get(random.nextInt(left.size()));
            if (execution.log.of(drawn).get(next[drawn]).order() <= oldest + ahead) {
                arrive(execution.log.of(drawn).get(next[drawn]++));
            }
        }
    }

    private void arrive(Log.Landed record) {
        Stamp stamp = record.stamp();
        Event event = new Event(
                stamp.dot().process(),
                stamp.dot().counter(),
                Optional.of(stamp.clock()),
                stamp.lamport(),
                Optional.empty(),
                "payload " + record.index(),
                0,
                Event.Kind.MESSAGE);
        if (byDot.put(stamp.dot(), record.index()) != null) {
            faults.add("dot used twice: " + stamp.dot());
        }
        Outcome outcome = engine.arrive(event, seen.size(), record.step());
        if (outcome instanceof Outcome.Refused refused) {
            faults.add(refused.anomaly().toString());
        } else if (outcome instanceof Outcome.Recorded recorded) {
            check(record, named(recorded.conflict()), recorded.conflict().complete());
        } else if (outcome instanceof Outcome.Ordered ordered) {
            check(record, Set.of(), ordered.complete());
        }
        seen.add(record);
    }

    private Set<Integer> named(Conflict conflict) {
        Set<Integer> named = new HashSet<>();
        for (Run run : conflict.runs()) {
            for (long counter = run.firstCounter(); counter <= run.lastCounter(); counter++) {
                named.add(byDot.getOrDefault(new Dot(run.process(), counter), -1));
            }
        }
        return named;
    }

    private void check(Log.Landed record, Set<Integer> named, boolean isComplete) {
        for (int back = 0; back < seen.size(); back++) {
            Log.Landed earlier = seen.get(seen.size() - 1 - back);
            boolean isTrue = isConcurrent(earlier, record);
            boolean isNamed = named.contains(earlier.index());
            if (isNamed && !isTrue) {
                fault("not concurrent", earlier, record);
            }
            if (isTrue && !isNamed && back < window) {
                fault("hidden", earlier, record);
            }
            if (isTrue && !isNamed && isComplete && back < recent) {
                fault("said to be complete without it", earlier, record);
            }
            if (isNamed && !reported.add((long) earlier.index() << 32 | record.index())) {
                fault("twice", earlier, record);
            }
        }
        if (named.contains(-1)) {
            faults.add("names what nobody published: " + record.stamp().dot());
        }
        pairs += named.size();
        complete += isComplete ? 1 : 0;
        incomplete += isComplete ? 0 : 1;
    }

    private void fault(String what, Log.Landed earlier, Log.Landed later) {
        faults.add(what + ": " + earlier.stamp().dot() + " and " + later.stamp().dot());
    }

    /** By the truth: neither happened before the other. */
    private boolean isConcurrent(Log.Landed one, Log.Landed other) {
        BitSet before = execution.past.get(other.index());
        return !before.get(one.index())
                && !execution.past.get(one.index()).get(other.index())
                && !one.stamp().dot().process().equals(other.stamp().dot().process());
    }
}
