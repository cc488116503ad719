package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Conflict.Status;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds an event's place among the events held: the runs that are concurrent with it, and whether these are all. */
final class Placement {
    private final EngineState state;
    /** What was found for the event that is being placed. */
    private Run[] runs = new Run[8];

    private int runCount;

    Placement(EngineState state) {
        this.state = state;
    }

    /**
     * Places an event that was heard on {@code lane}.
     *
     * @param clock its clock by process number
     */
    Outcome place(Arriving record, Lane lane, long[] clock) {
        Optional<String> key = record.event().key();
        if (state.scope == Scope.ALL) {
            List<Run> runs = runsBesides(lane.number(), record.event().counter(), clock);
            append(record, lane, null, clock);
            boolean complete = knowsAllDropped(lane.number(), clock);
            return runs.isEmpty() && complete
                    ? Outcome.Ordered.QUIET
                    : recorded(record, runs, List.of(), List.of(), complete);
        }
        if (key.isEmpty()) {
            append(record, lane, null, clock);
            return Outcome.Ordered.QUIET;
        }
        return placeInKey(record, lane, clock, state.keys.of(key.get()));
    }

    private Outcome placeInKey(Arriving record, Lane lane, long[] clock, KeyHistory history) {
        List<Run> runs = runsBesides(history, lane.number(), record.event().counter(), clock);
        append(record, lane, history, clock);
        history.append(lane);
        List<Dot> resolved = history.siblings().add(record.reference());
        boolean complete = knowsAllDropped(lane.number(), clock);
        return runs.isEmpty() && complete && resolved.size() <= 1
                ? Outcome.Ordered.QUIET
                : recorded(record, runs, resolved, history.siblings().events(), complete);
    }

    private Outcome recorded(
            Arriving record, List<Run> runs, List<Dot> resolved, List<EventRef> siblings, boolean complete) {
        Status status = runs.isEmpty() && complete ? Status.RESOLVED : Status.CONCURRENT;
        Optional<String> key =
                state.scope == Scope.ALL ? Optional.empty() : record.event().key();
        Conflict conflict = new Conflict(
                state.scope,
                key,
                status,
                record.reference(),
                runs,
                resolved,
                siblings,
                complete,
                java.util.OptionalLong.empty());
        return new Outcome.Recorded(conflict, List.of());
    }

    /** Scope all: by process and partition. */
    private List<Run> runsBesides(int own, long counter, long[] clock) {
        runCount = 0;
        for (KnownProcess process : state.membership.known()) {
            int number = process.number();
            if (state.appended[number] > clock[number] && number != own) {
                for (Lane lane : process.lanes()) {
                    add(lane.window().runBesides(lane, own, counter, clock[number]));
                }
            }
        }
        return found();
    }

    /** Scope key: by process. */
    private List<Run> runsBesides(KeyHistory history, int own, long counter, long[] clock) {
        runCount = 0;
        for (KeyChain chain : history.chains()) {
            int number = chain.lane().number();
            if (number != own) {
                add(chain.runBesides(chain.lane(), own, counter, clock[number]));
            }
        }
        return found();
    }

    private void add(Run run) {
        if (run != null) {
            if (runCount == runs.length) {
                runs = Arrays.copyOf(runs, 2 * runCount);
            }
            runs[runCount++] = run;
        }
    }

    private List<Run> found() {
        return switch (runCount) {
            case 0 -> List.of();
            case 1 -> List.of(runs[0]);
            default -> List.of(Arrays.copyOf(runs, runCount));
        };
    }

    private boolean knowsAllDropped(int own, long[] clock) {
        for (int k = 0; k < state.processes.size(); k++) {
            if (clock[k] < state.dropped[k] && k != own) {
                return false;
            }
        }
        return true;
    }

    private void append(Arriving record, Lane lane, KeyHistory history, long[] clock) {
        int processes = state.processes.size();
        long counter = record.event().counter();
        lane.window().append(counter, record.offset(), record.fingerprint(clock, processes), history, clock, processes);
        state.appended[lane.number()] = Math.max(state.appended[lane.number()], counter);
    }

    /** A record from before the frontier: if its event was held then, it is held again. */
    void restore(Arriving record, int at) {
        KnownProcess sender = state.membership.find(record.event().process());
        if (sender == null || !record.isEvent() || !sender.lanes()[at].lacks(record.offset())) {
            return;
        }
        Lane lane = sender.lanes()[at];
        KeyHistory history = state.scope == Scope.ALL
                ? null
                : record.event().key().map(state.keys::of).orElse(null);
        append(
                record,
                lane,
                history,
                state.processes.spread(record.event().clock().orElseThrow()));
        if (history != null) {
            history.append(lane);
            history.siblings().add(record.reference());
        }
    }
}
