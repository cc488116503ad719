package io.antichain.cli.verify;

import io.antichain.cli.kafka.StoredEvent;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Conflict.Status;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The conflict records of one partition held against the definition: a → b iff clock(b)[process(a)] ≥ counter(a), looked up
 * for every pair of events.
 *
 * @param events how many events stand in the log
 * @param concurrentPairs how many unordered pairs of them are concurrent
 * @param reportedPairs how many pairs the conflict records name
 * @param missing concurrent pairs that no record of the later event names, by dot (at most {@link #NAMED})
 * @param missingPairs how many those are
 * @param extra pairs that a record names wrongly or again, by dot (at most {@link #NAMED})
 * @param extraPairs how many those are
 * @param incomplete records that say of themselves that something was gone
 */
public record Verification(
        long events,
        long concurrentPairs,
        long reportedPairs,
        List<Pair> missing,
        long missingPairs,
        List<Pair> extra,
        long extraPairs,
        long incomplete) {
    /** How many missing and extra pairs are named. */
    public static final int NAMED = 20;

    /**
     * An event and an earlier-arrived one.
     *
     * @param later the one that arrived later
     * @param earlier the other
     */
    public record Pair(Dot later, Dot earlier) {}

    /** Whether the records say what the definition says. */
    public boolean holds() {
        return missingPairs == 0 && extraPairs == 0;
    }

    /**
     * Compares.
     *
     * @param log the events, without those that the analyzer refused, in offset order
     */
    public static Verification of(List<StoredEvent> log, List<Conflict> conflicts) {
        return new Comparison(log, conflicts).run();
    }

    /** One comparison under way. Memory: the clocks as arrays, and two bits an event. */
    private static final class Comparison {
        private final List<StoredEvent> log;
        private final List<Conflict> conflicts;
        private final Map<ProcessId, Integer> processes = new HashMap<>();
        private final Map<Dot, List<Conflict>> byEvent = new LinkedHashMap<>();
        private final Map<ProcessId, NavigableMap<Long, Integer>> positions = new HashMap<>();
        private final List<Pair> missing = new ArrayList<>();
        private final List<Pair> extra = new ArrayList<>();
        private long missingPairs;
        private long extraPairs;
        private long concurrentPairs;
        private long reportedPairs;
        private long incomplete;

        Comparison(List<StoredEvent> log, List<Conflict> conflicts) {
            this.log = log;
            this.conflicts = conflicts;
        }

        Verification run() {
            index();
            int size = log.size();
            int[] process = new int[size];
            long[] counter = new long[size];
            long[][] clock = new long[size][];
            for (int b = 0; b < size; b++) {
                Dot dot = log.get(b).event().dot();
                process[b] = processes.get(dot.process());
                counter[b] = dot.counter();
                clock[b] = dense(b);
                BitSet defined = new BitSet(b);
                for (int a = 0; a < b; a++) {
                    if (clock[b][process[a]] < counter[a] && clock[a][process[b]] < counter[b]) {
                        defined.set(a);
                    }
                }
                compare(b, defined);
            }
            byEvent.values().forEach(unknown -> unknown.forEach(this::noSuchEvent));
            return new Verification(
                    size, concurrentPairs, reportedPairs, missing, missingPairs, extra, extraPairs, incomplete);
        }

        private void index() {
            for (int i = 0; i < log.size(); i++) {
                Dot dot = log.get(i).event().dot();
                processes.putIfAbsent(dot.process(), processes.size());
                positions
                        .computeIfAbsent(dot.process(), process -> new TreeMap<>())
                        .put(dot.counter(), i);
            }
            for (Conflict conflict : conflicts) {
                incomplete += conflict.complete() ? 0 : 1;
                if (conflict.status() == Status.CONCURRENT) {
                    byEvent.computeIfAbsent(conflict.event().dot(), dot -> new ArrayList<>())
                            .add(conflict);
                }
            }
        }

        private long[] dense(int index) {
            long[] dense = new long[processes.size()];
            log.get(index).event().clock().orElseThrow().forEach((process, counter) -> {
                Integer number = processes.get(process);
                if (number != null) {
                    dense[number] = counter;
                }
            });
            return dense;
        }

        private void compare(int b, BitSet defined) {
            Dot later = log.get(b).event().dot();
            BitSet reported = new BitSet(b);
            List<Conflict> records = byEvent.remove(later);
            for (Conflict record : records == null ? List.<Conflict>of() : records) {
                record.runs().forEach(run -> expand(later, b, run, reported));
            }
            concurrentPairs += defined.cardinality();
            BitSet absent = (BitSet) defined.clone();
            absent.andNot(reported);
            BitSet wrong = reported;
            wrong.andNot(defined);
            missingPairs += absent.cardinality();
            extraPairs += wrong.cardinality();
            absent.stream().forEach(a -> name(missing, later, a));
            wrong.stream().forEach(a -> name(extra, later, a));
        }

        /** A run stands for the events of its process, in its partition, between its counters. */
        private void expand(Dot later, int b, Run run, BitSet reported) {
            reportedPairs += run.length();
            long found = 0;
            for (int a : positions
                    .getOrDefault(run.process(), new TreeMap<>())
                    .subMap(run.firstCounter(), true, run.lastCounter(), true)
                    .values()) {
                if (log.get(a).partition() != run.partition()) {
                    continue;
                }
                found++;
                if (a >= b || reported.get(a)) {
                    extraPairs++;
                    name(extra, later, a);
                } else {
                    reported.set(a);
                }
            }
            extraPairs += Math.max(0, run.length() - found);
        }

        private void noSuchEvent(Conflict conflict) {
            reportedPairs += conflict.pairs();
            extraPairs += conflict.pairs();
        }

        private void name(List<Pair> pairs, Dot later, int a) {
            if (pairs.size() < NAMED) {
                pairs.add(new Pair(later, log.get(a).event().dot()));
            }
        }
    }
}
