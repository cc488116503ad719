package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Scope;
import java.util.List;

/**
 * Forgets events: those that are {@linkplain Stability stable}, and, where still too many are held, those that wait for
 * whoever holds back most, who is silenced. What is dropped stays dropped, and is remembered by its greatest counter.
 */
final class Dropping {
    private final EngineState state;
    private final EngineLimits limits;
    private final Stability stability = new Stability();

    Dropping(EngineState state, EngineLimits limits) {
        this.state = state;
        this.limits = limits;
    }

    /** Counts a record. Dropping looks at every lane, so it is due the less often the more lanes there are. */
    boolean isDue() {
        int lanes = state.membership.known().size() * state.partitions.ids().length;
        return ++state.sinceSettled >= limits.settleEvery() * (1 + lanes / 64);
    }

    void drop(List<Anomaly> notices) {
        state.sinceSettled = 0;
        dropStable();
        while (state.held() > limits.maxUnstable() && silenceMostBehind(notices)) {
            dropStable();
        }
    }

    private void dropStable() {
        long[] stable = stability.among(state.membership.known(), state.processes.size());
        for (KnownProcess process : state.membership.known()) {
            for (Lane lane : process.lanes()) {
                int count = lane.window().firstAbove(stable[process.number()]);
                if (count > 0) {
                    dropFirst(lane, count);
                }
            }
        }
    }

    private void dropFirst(Lane lane, int count) {
        state.dropUpTo(lane, lane.window().counter(count - 1));
        if (state.scope == Scope.KEY) {
            state.keys.dropFirst(lane, count);
        }
        lane.drop(count);
    }

    private boolean silenceMostBehind(List<Anomaly> notices) {
        KnownProcess holder = Stability.mostBehind(state.membership.known(), state.heard, state.processes.size());
        if (holder == null) {
            return false;
        }
        state.membership.silence(
                holder,
                "At most " + limits.maxUnstable() + " records are held: held=" + state.held() + ", process="
                        + holder.id() + " holds back most; until it speaks, nothing waits for it",
                notices);
        return true;
    }

    /** The log lost the records of the {@code at}-th partition before {@code offset}: what is not held of them is dropped. */
    void truncated(int at, long offset) {
        boolean unread = state.partitions.position(at) < offset;
        for (KnownProcess process : state.membership.known()) {
            Lane lane = process.lanes()[at];
            if (lane.firstOffset() < offset) {
                Window window = lane.window();
                state.dropUpTo(lane, window.length() == 0 ? lane.ownLatest() : window.counter(0) - 1);
            }
            if (unread) {
                lane.tear();
            }
        }
    }
}
