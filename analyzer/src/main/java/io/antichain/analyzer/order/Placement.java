package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Conflict.Status;
import io.antichain.schemas.Scope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares an event that was let pass with those held, says what it is in conflict with, and takes it in. */
final class Placement {
    private final EngineState state;
    private final RunFinder runs;
    private final KeyRunFinder keyRuns;
    private final List<Anomaly> notices;

    /** @param notices where contradictions are put */
    Placement(EngineState state, List<Anomaly> notices) {
        this.state = state;
        this.runs = new RunFinder(state.window, state.processes, state.found);
        this.keyRuns = new KeyRunFinder(state.window, state.processes, state.found);
        this.notices = notices;
    }

    /**
     * Places the event.
     *
     * @param own its process
     * @param row what is kept of it
     * @param clock its clock by process number
     * @param scan what a pass over the clock found
     */
    Outcome place(Arriving record, int own, Row row, long[] clock, ClockScan scan, long logTimeMs) {
        boolean complete = scan.reachesMarks() && state.marks.isWhole();
        Optional<String> key = record.event().key();
        state.found.clear();
        if (state.scope == Scope.ALL) {
            if (state.marks.heard()[own] < record.counter()) {
                runs.find(own, clock, scan, row.traits);
            } else {
                note(runs.findAmongEffects(own, record.counter(), clock, row.traits), record, clock);
            }
            Outcome outcome = outcome(record, Optional.empty(), List.of(), null, complete);
            state.hold(own, row, clock, logTimeMs, null);
            return outcome;
        }
        if (key.isEmpty()) {
            state.hold(own, row, clock, logTimeMs, null);
            return Outcome.Ordered.QUIET;
        }
        Keys keys = state.keys;
        KeyHistory history = keys.of(key.get());
        note(keyRuns.find(history, own, record.counter(), clock, row.traits), record, clock);
        List<Sibling> resolved = keys.resolvedBy(history, own, record.counter(), clock);
        keys.add(history, record, own, clock);
        Outcome outcome = outcome(record, key, resolved, history, complete);
        state.hold(own, row, clock, logTimeMs, history);
        return outcome;
    }

    private void note(Contradiction contradiction, Arriving record, long[] clock) {
        if (contradiction != null) {
            notices.add(contradiction.by(record, state.processes, clock));
        }
    }

    private Outcome outcome(
            Arriving record, Optional<String> key, List<Sibling> resolved, KeyHistory history, boolean complete) {
        if (state.found.isEmpty() && !Keys.isAnyPair(resolved)) {
            return complete ? Outcome.Ordered.QUIET : Outcome.Ordered.INCOMPLETE;
        }
        return new Outcome.Recorded(
                new Conflict(
                        state.scope,
                        key,
                        state.found.isEmpty() ? Status.RESOLVED : Status.CONCURRENT,
                        record.reference(),
                        state.found.take(),
                        state.keys.dots(resolved),
                        history == null ? List.of() : state.keys.siblings(history),
                        complete,
                        complete ? OptionalLong.empty() : OptionalLong.of(state.windowBeganMs())),
                List.of());
    }
}
