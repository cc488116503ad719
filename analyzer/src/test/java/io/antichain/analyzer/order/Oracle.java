package io.antichain.analyzer.order;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The definition, by the execution's reachability: what an engine must say of each arrival. Events are known by number. */
final class Oracle {
    private final Execution execution;
    private final Scope scope;
    private final EngineLimits limits;
    private final PairRule rule;
    private final String about;
    /** Stamps leave old entries out; then complete speaks of the last so many arrivals. 0: they do not. */
    private final int forgetAfter;

    private final ArrayDeque<Integer> order = new ArrayDeque<>();
    private final Map<Dot, Published> byDot = new HashMap<>();
    private final Map<Integer, Published> byIndex = new HashMap<>();
    private final Map<String, BitSet> byKey = new HashMap<>();
    /** The window: numbers of the events held, the oldest first, and where each stood when it arrived. */
    private final ArrayDeque<Integer> held = new ArrayDeque<>();

    private final BitSet isHeld = new BitSet();
    private final Map<Integer, Arrival> places = new HashMap<>();
    /** All that ever counted. */
    private final BitSet arrived = new BitSet();

    private final BitSet deleted = new BitSet();
    private final Set<Long> reported = new HashSet<>();
    private final Map<ProcessId, Long> dropped = new HashMap<>();
    private final Map<ProcessId, Long> least = new HashMap<>();
    private long pairs;
    private long complete;
    private long incomplete;
    private long remembered;

    Oracle(Execution execution, Scope scope, EngineLimits limits, int forgetAfter, PairRule rule, String about) {
        this.forgetAfter = forgetAfter;
        this.execution = execution;
        this.scope = scope;
        this.limits = limits;
        this.rule = rule;
        this.about = about;
        for (Published record : execution.records()) {
            byDot.put(record.event().dot(), record);
            byIndex.put(record.index(), record);
            record.event().key().ifPresent(key -> byKey.computeIfAbsent(key, k -> new BitSet())
                    .set(record.index()));
        }
    }

    /** How many concurrent pairs were reported. */
    long pairs() {
        return pairs;
    }

    long complete() {
        return complete;
    }

    long incomplete() {
        return incomplete;
    }

    /** How many of the pairs were with a sibling beyond the window. */
    long remembered() {
        return remembered;
    }

    /** The log lost this record before it was read. */
    void deleted(Published record) {
        deleted.set(record.index());
    }

    private void require(boolean holds, String rule, Object record, Object found) {
        if (!holds) {
            throw new AssertionError(about + ": " + rule + "\n of " + record + "\n but " + found);
        }
    }

    void check(Arrival arrival, Outcome outcome) {
        if (arrival.lie().isPresent()) {
            checkRefused(arrival, outcome, arrival.lie().get());
        } else if (isHeld.get(arrival.genuine().orElseThrow().index())) {
            checkRefused(arrival, outcome, Kind.DUPLICATE);
        } else {
            checkPlaced(arrival, outcome);
        }
    }

    private void checkRefused(Arrival arrival, Outcome outcome, Kind expected) {
        Kind kind =
                outcome instanceof Outcome.Refused refused ? refused.anomaly().kind() : null;
        // What comes from the future may also have lost what later events of its process knew.
        boolean isBoth = expected == Kind.CLOCK_TOO_FAR && kind == Kind.CLOCK_REGRESSED;
        require(kind == expected || isBoth, "refused as " + expected, arrival, outcome);
    }

    private void checkPlaced(Arrival arrival, Outcome outcome) {
        require(
                outcome instanceof Outcome.Recorded || outcome instanceof Outcome.Ordered,
                "an event counts",
                arrival,
                outcome);
        for (Anomaly notice : outcome.notices()) {
            require(
                    notice.kind() == Kind.GAP || notice.kind() == Kind.UNSEEN_CAUSE,
                    "nobody contradicts another",
                    arrival,
                    notice);
        }
        Published event = arrival.genuine().orElseThrow();
        Optional<Conflict> conflict =
                outcome instanceof Outcome.Recorded recorded ? Optional.of(recorded.conflict()) : Optional.empty();
        BitSet inScope =
                scope == Scope.ALL ? all() : event.event().key().map(byKey::get).orElseGet(BitSet::new);
        BitSet concurrent = execution.concurrentWith(event.index());
        concurrent.and(inScope);
        for (int other : concurrent.stream().toArray()) {
            concurrent.set(other, rule.counts(event.event(), byIndex.get(other).event()));
        }
        BitSet siblings = scope == Scope.ALL ? new BitSet() : maximal(and(arrived, inScope));
        BitSet named = named(arrival, conflict);
        checkRuns(arrival, named, concurrent, siblings);
        if (scope == Scope.ALL || event.event().key().isPresent()) {
            boolean saysComplete = conflict.map(Conflict::complete)
                    .orElseGet(() -> outcome instanceof Outcome.Ordered ordered && ordered.complete());
            checkComplete(arrival, saysComplete, conflict, named, concurrent);
        }
        if (scope == Scope.KEY
                && limits.keyBytes() == Long.MAX_VALUE
                && event.event().key().isPresent()) {
            checkSiblings(arrival, conflict, siblings);
        }
        hold(arrival);
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, byIndex.size());
        return all;
    }

    private static BitSet and(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        return both;
    }

    private static BitSet andNot(BitSet a, BitSet b) {
        BitSet rest = (BitSet) a.clone();
        rest.andNot(b);
        return rest;
    }

    private void hold(Arrival arrival) {
        Published event = arrival.genuine().orElseThrow();
        order.add(event.index());
        if (order.size() > forgetAfter) {
            order.remove();
        }
        held.add(event.index());
        isHeld.set(event.index());
        places.put(event.index(), arrival);
        arrived.set(event.index());
        Dot dot = event.event().dot();
        least.merge(dot.process(), dot.counter(), Math::min);
        if (held.size() > limits.window()) {
            int oldest = held.remove();
            isHeld.clear(oldest);
            Dot gone = byIndex.get(oldest).event().dot();
            dropped.merge(gone.process(), gone.counter(), Math::max);
        }
    }

    private BitSet named(Arrival arrival, Optional<Conflict> conflict) {
        BitSet named = new BitSet();
        conflict.ifPresent(found -> {
            for (Run run : found.runs()) {
                checkRun(arrival, run, named);
            }
        });
        return named;
    }

    private void checkRun(Arrival arrival, Run run, BitSet named) {
        long[] counters = run.eachCounter().toArray();
        require(counters.length == run.length() && counters.length > 0, "a run has its length", arrival, run);
        require(scope == Scope.KEY || run.counters().isEmpty(), "counters are consecutive", arrival, run);
        for (long counter : counters) {
            Published other = byDot.get(new Dot(run.process(), counter));
            require(other != null && !named.get(other.index()), "each event is named once", arrival, run);
            named.set(other.index());
        }
        checkPlace(arrival, run, run.firstCounter(), run.first());
        checkPlace(arrival, run, run.lastCounter(), run.last());
        Published last = byDot.get(new Dot(run.process(), run.lastCounter()));
        long entry = last.event().clock().orElseThrow().get(arrival.event().process());
        require(
                (forgetAfter > 0 || run.witness() == entry)
                        && run.witness() < arrival.event().counter(),
                "the witness is the last event's entry, below the counter",
                arrival,
                run);
    }

    private void checkPlace(Arrival arrival, Run run, long counter, Position at) {
        Arrival there = places.get(byDot.get(new Dot(run.process(), counter)).index());
        require(
                at.equals(new Position("events", there.partition(), there.offset())),
                "a run names its places",
                arrival,
                run);
    }

    private void checkRuns(Arrival arrival, BitSet named, BitSet concurrent, BitSet siblings) {
        BitSet expected = and(concurrent, isHeld);
        BitSet besides = andNot(and(concurrent, siblings), isHeld);
        remembered += and(named, besides).cardinality();
        if (limits.keyBytes() == Long.MAX_VALUE) {
            expected.or(besides);
            require(named.equals(expected), "the concurrent events are " + expected, arrival, named);
        } else {
            require(andNot(expected, named).isEmpty(), "those held are " + expected, arrival, named);
            expected.or(besides);
            require(andNot(named, expected).isEmpty(), "at most " + expected, arrival, named);
        }
        pairs += named.cardinality();
        int index = arrival.genuine().orElseThrow().index();
        boolean isAgain = arrived.get(index); // repeated beyond the window: it has its record's id
        named.stream().forEach(other -> {
            boolean isNew = reported.add(((long) Math.min(index, other) << 32) | Math.max(index, other));
            require(isNew || isAgain || !isHeld.get(other), "a pair is reported once", arrival, other);
        });
    }

    /**
     * By the rule, where nothing was deleted: it reaches every low-water mark. By the truth: all that arrived or was deleted is
     * ordered with the event or named.
     */
    private void checkComplete(
            Arrival arrival, boolean saysComplete, Optional<Conflict> conflict, BitSet named, BitSet concurrent) {
        if (deleted.isEmpty() && forgetAfter == 0) {
            ProcessId own = arrival.event().process();
            boolean reaches = least.keySet().stream()
                    .filter(process -> !process.equals(own))
                    .allMatch(process -> arrival.event().clock().orElseThrow().get(process)
                            >= Math.max(dropped.getOrDefault(process, 0L), least.get(process) - 1));
            require(saysComplete == reaches, "complete is " + reaches, arrival, conflict);
        }
        conflict.ifPresent(found -> require(
                found.windowBeganMs().isPresent() != found.complete(),
                "it says where the window began",
                arrival,
                found));
        if (!saysComplete) {
            incomplete++;
            return;
        }
        complete++;
        BitSet history = (BitSet) arrived.clone();
        history.or(deleted);
        if (forgetAfter > 0) {
            history = new BitSet();
            order.forEach(history::set);
        }
        BitSet unnamed = andNot(and(concurrent, history), named);
        require(unnamed.isEmpty(), "falsely complete: " + unnamed, arrival, conflict);
    }

    private BitSet maximal(BitSet events) {
        BitSet maximal = (BitSet) events.clone();
        events.stream().forEach(event -> maximal.andNot(execution.ancestors(event)));
        return maximal;
    }

    private void checkSiblings(Arrival arrival, Optional<Conflict> conflict, BitSet siblings) {
        int index = arrival.genuine().orElseThrow().index();
        Set<Dot> resolved = dots(and(siblings, execution.ancestors(index)));
        if (conflict.isEmpty()) {
            require(!isAnyPair(resolved), "siblings are resolved", arrival, resolved);
            return;
        }
        Conflict found = conflict.get();
        require(Set.copyOf(found.resolves()).equals(resolved), "it resolves " + resolved, arrival, found);
        BitSet with = (BitSet) siblings.clone();
        with.set(index);
        Set<Dot> after = dots(maximal(with));
        Set<Dot> named = found.siblings().stream().map(EventRef::dot).collect(Collectors.toSet());
        require(
                named.equals(after) && found.siblings().size() == named.size(),
                "siblings are " + after,
                arrival,
                found);
        for (EventRef sibling : found.siblings()) {
            require(
                    sibling.clock()
                            .equals(byDot.get(sibling.dot()).event().clock().orElseThrow()),
                    "siblings have their clocks",
                    arrival,
                    sibling);
        }
        require(
                found.runs().isEmpty() == (found.status() == Conflict.Status.RESOLVED),
                "RESOLVED iff there are no runs",
                arrival,
                found);
        require(!found.runs().isEmpty() || isAnyPair(resolved), "a pair that counts is resolved", arrival, found);
    }

    private boolean isAnyPair(Set<Dot> dots) {
        return dots.stream().anyMatch(one -> dots.stream()
                .anyMatch(other -> !one.equals(other)
                        && rule.counts(byDot.get(one).event(), byDot.get(other).event())));
    }

    private Set<Dot> dots(BitSet events) {
        return events.stream()
                .mapToObj(index -> byIndex.get(index).event().dot())
                .collect(Collectors.toSet());
    }

    /** At the end exactly the counters left out are missing, and no cause is unseen. */
    void checkMissing(List<Anomaly> missing) {
        if (scope == Scope.KEY || !deleted.isEmpty()) {
            return;
        }
        Map<ProcessId, TreeSet<Long>> counters = new HashMap<>();
        dots(arrived).forEach(dot -> counters.computeIfAbsent(dot.process(), p -> new TreeSet<>())
                .add(dot.counter()));
        Set<String> expected = new HashSet<>();
        counters.forEach((process, seen) -> {
            long next = seen.first();
            for (long counter : seen) {
                if (counter > next) {
                    expected.add(process + ":" + next + ".." + (counter - 1));
                }
                next = counter + 1;
            }
        });
        Set<String> found = missing.stream()
                .map(anomaly -> (anomaly.kind() == Kind.GAP ? "" : anomaly.kind() + " ")
                        + anomaly.evidence().get("process") + ":"
                        + anomaly.evidence().get("first") + ".."
                        + anomaly.evidence().get("last"))
                .collect(Collectors.toSet());
        require(found.equals(expected), "missing is " + expected, "the execution", found);
    }
}
