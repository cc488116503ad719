package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Conflict.Status;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

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
            Outcome outcome = outcome(record, Optional.empty(), List.of(), List::of, complete);
            state.hold(own, row, clock, logTimeMs);
            return outcome;
        }
        if (key.isEmpty()) {
            state.hold(own, row, clock, logTimeMs);
            return Outcome.Ordered.QUIET;
        }
        int number = state.keys.open(key.get());
        KeyEvents events = state.keys.events(number);
        List<Sibling> siblings = state.keys.siblings(number, events);
        note(keyRuns.find(events, siblings, own, record.counter(), clock, row.traits), record, clock);
        List<Sibling> resolved = Keys.resolvedBy(siblings, own, record.counter(), clock);
        replace(number, siblings, own, row, clock);
        Outcome outcome = outcome(record, key, resolved, () -> references(siblings, record, own, row, clock), complete);
        state.hold(own, row, clock, logTimeMs);
        return outcome;
    }

    /** The event, which was placed before, takes the place of its key's siblings. */
    void replaceSiblings(String key, int own, Row row, long[] clock) {
        int number = state.keys.open(key);
        replace(number, state.keys.siblings(number, state.keys.events(number)), own, row, clock);
    }

    private void replace(int key, List<Sibling> siblings, int own, Row row, long[] clock) {
        row.key = key;
        row.isSibling = state.keys.replace(key, siblings, own, row.counter, clock);
    }

    /** The siblings that are left, and the event if it is one, by process. */
    private List<EventRef> references(List<Sibling> siblings, Arriving record, int own, Row row, long[] clock) {
        List<EventRef> references = new ArrayList<>(siblings.size() + 1);
        boolean isAwaited = row.isSibling;
        for (Sibling sibling : siblings) {
            if (isAwaited && sibling.process() > own) {
                references.add(record.reference(state.processes.clock(clock)));
                isAwaited = false;
            }
            references.add(sibling.reference(state.processes, state.sources));
        }
        if (isAwaited) {
            references.add(record.reference(state.processes.clock(clock)));
        }
        return references;
    }

    private void note(Contradiction contradiction, Arriving record, long[] clock) {
        if (contradiction != null) {
            notices.add(contradiction.by(record, state.processes, clock));
        }
    }

    private Outcome outcome(
            Arriving record,
            Optional<String> key,
            List<Sibling> resolved,
            Supplier<List<EventRef>> siblings,
            boolean complete) {
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
                        siblings.get(),
                        complete,
                        complete ? OptionalLong.empty() : OptionalLong.of(state.windowBeganMs())),
                List.of());
    }
}
