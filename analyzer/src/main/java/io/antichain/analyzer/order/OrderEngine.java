package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds, for each arriving event, every earlier-arrived event that is concurrent with it.
 *
 * <p>The unit is the {@link Lane}: one process's records in one partition. Along a lane counters rise and clocks never
 * fall. So for an event f of process j, and a lane of another process i:
 *
 * <ol>
 *   <li>the lane's events that happened before f are those with a counter ≤ clock(f)[i]: a prefix;
 *   <li>the lane's events that f happened before are those whose entry for j is ≥ counter(f): a suffix;
 *   <li>what lies between is concurrent with f: one contiguous run, found with two binary searches.
 * </ol>
 *
 * <p>Records of different partitions may arrive in any interleaving, effects before their causes included; those of one
 * partition must arrive in offset order. (If all processes are {@linkplain #announce announced} first and none is another
 * life of one, the order within each lane is enough.) Each unordered pair of concurrent events is reported once, when the
 * later-arrived of the two arrives. Two events of one process are never concurrent.
 *
 * <p>Only what is not yet {@linkplain Stability stable} is held. An event that does not know all that was dropped is
 * recorded as incomplete: what was dropped is not guessed at. Where nodes announce themselves before they publish and are
 * never silent, that does not happen.
 *
 * <p>Cost of an event: O(lanes · log window + processes), whatever the history's length. Memory: 8 · (processes + 3) bytes
 * an unstable event, up to four times that while arrays grow; scope key: about 200 bytes more, and the siblings of open keys.
 */
public final class OrderEngine {
    private final EngineState state;
    private final EngineLimits limits;
    private final Doubts doubts;
    private final Placement placement;
    private final Dropping dropping;
    private List<Anomaly> notices = new ArrayList<>();

    private OrderEngine(EngineState state, EngineLimits limits) {
        this.state = state;
        this.limits = limits;
        this.doubts = new Doubts(limits, state);
        this.placement = new Placement(state);
        this.dropping = new Dropping(state, limits);
    }

    /** The engine of an analyzer's task, which has heard nothing: over one partition of each events topic. */
    public static OrderEngine ofTask(Scope scope, EngineLimits limits, int... partitions) {
        if (partitions.length > 1) {
            return overTopics(scope, limits, partitions);
        }
        return switch (scope) {
            case ALL -> overAll(limits, partitions);
            case KEY -> overKeys(limits, partitions[0]);
        };
    }

    /** An engine that has heard nothing, over exactly these partitions, for which any two events can be in conflict. */
    public static OrderEngine overAll(EngineLimits limits, int... partitions) {
        return new OrderEngine(new EngineState(Scope.ALL, false, new Partitions(partitions)), limits);
    }

    /** An engine that has heard nothing, over one partition, for which events with one key can be in conflict. */
    public static OrderEngine overKeys(EngineLimits limits, int partition) {
        return new OrderEngine(new EngineState(Scope.KEY, false, new Partitions(partition)), limits);
    }

    /**
     * An engine that has heard nothing, over partitions of different topics, one of each. A process publishes in one of
     * the topics; what stands of it in another is a copy, and refused as a duplicate.
     */
    public static OrderEngine overTopics(Scope scope, EngineLimits limits, int... partitions) {
        return new OrderEngine(new EngineState(scope, true, new Partitions(partitions)), limits);
    }

    /**
     * The engine that wrote {@code frontier}, but for the events that it held. Told the records from {@link #replayFrom} up
     * to {@link #position} of every partition, and then those that follow, it behaves as that one does.
     *
     * @throws IllegalArgumentException if the frontier is of another version
     */
    public static OrderEngine restored(byte[] frontier, EngineLimits limits) {
        return new OrderEngine(EngineState.restored(frontier), limits);
    }

    /** Everything but the events held, which the log holds too. The same state gives the same bytes. */
    public byte[] frontier() {
        return state.frontier();
    }

    /** The offset of the first record of a partition that an engine just restored must be told again. */
    public long replayFrom(int partition) {
        int at = state.partitions.indexOf(partition);
        long from = state.partitions.position(at);
        for (KnownProcess process : state.membership.known()) {
            from = Math.min(from, process.lanes()[at].firstOffset());
        }
        return from;
    }

    /** The offset after the last record told of a partition, 0 before the first. */
    public long position(int partition) {
        return state.partitions.position(state.partitions.indexOf(partition));
    }

    /** How many records are held: unstable events, and refused records among them. */
    public long held() {
        return state.held();
    }

    /**
     * Takes note that the log no longer holds a partition's records before {@code offset}. What a restored engine therefore
     * could not be told, again or at all, counts as dropped: records of events that it may be concurrent with are incomplete.
     *
     * <p>To be called after the records before {@link #position} that are left were told, and before others are.
     */
    public void truncated(int partition, long offset) {
        dropping.truncated(state.partitions.indexOf(partition), offset);
    }

    /** How each lane stands now, by process and partition. */
    public List<LaneFigures> lanes() {
        List<LaneFigures> figures = new ArrayList<>();
        for (KnownProcess process : state.membership.known()) {
            for (Lane lane : process.lanes()) {
                figures.add(new LaneFigures(
                        process.id(),
                        lane.partition(),
                        lane.window().length(),
                        state.dropped[process.number()],
                        process.presence()));
            }
        }
        return figures;
    }

    /** Scope key: how many keys are remembered. */
    public int keys() {
        return state.keys.size();
    }

    /** Makes a process known before its first record, in every partition: from now on what it has not seen is held. */
    public void announce(ProcessId process) {
        if (state.membership.find(process) == null) {
            KnownProcess announced = state.introduce(process);
            announced.heardAt(state.partitions.timeMs());
            state.absences.of(announced.number()).begin(0);
        }
    }

    /**
     * Takes the next record of a partition.
     *
     * @param event a record that the gateway has let pass: it has a vector clock, whose own entry is the counter
     * @param partition one of the engine's partitions
     * @param offset above that of the partition's record before; lower only in a restored engine that is told the records
     *     before its frontier again
     * @param logTimeMs the log's time of the record, ms since 1970 UTC; it decides who is silent, and nothing else
     */
    public Outcome arrive(Event event, int partition, long offset, long logTimeMs) {
        int at = state.partitions.indexOf(partition);
        Arriving record = new Arriving(event, partition, offset);
        if (offset < state.partitions.position(at)) {
            placement.restore(record, at);
            return Outcome.Known.KNOWN;
        }
        state.partitions.advance(at, offset, logTimeMs);
        Outcome outcome = judge(record, at, logTimeMs);
        if (dropping.isDue()) {
            settle();
        }
        return notices.isEmpty() ? outcome : outcome.with(takeNotices());
    }

    /** What would be reported as missing if log time went on and nothing more came. */
    public List<Anomaly> reportMissing() {
        state.absences.report(Long.MAX_VALUE, notices);
        return takeNotices();
    }

    private Outcome judge(Arriving record, int at, long logTimeMs) {
        VectorClock stamp = record.event().clock().orElseThrow();
        KnownProcess sender = state.membership.find(record.event().process());
        long[] clock = state.processes.spread(stamp);
        Anomaly refusal = doubts.refusal(record, sender, at, clock);
        if (refusal != null) {
            if (sender != null && record.isEvent()) {
                sender.lanes()[at].refuse(record.offset());
                hearCopy(record, sender.lanes()[at], clock);
            }
            return new Outcome.Refused(refusal, List.of());
        }
        if (sender == null || state.processes.unnamed() > 0) {
            sender = sender == null ? state.introduce(record.event().process()) : sender;
            clock = state.processes.admit(stamp);
            state.makeRoom();
        }
        learn(record, sender.number(), clock);
        hear(record, sender, at, logTimeMs, clock);
        return record.isEvent() ? placement.place(record, sender.lanes()[at], clock) : Outcome.NoEvent.QUIET;
    }

    /** A copy in another topic says how far its process is there: what stands before it will not come again. */
    private void hearCopy(Arriving record, Lane lane, long[] clock) {
        boolean isCopy = state.apart && record.event().counter() > lane.ownLatest() && lane.fallen(clock) < 0;
        if (isCopy && state.processes.unnamed() == 0) {
            lane.hear(clock, state.processes.size(), false);
        }
    }

    /** Takes note of what the clock knows. */
    private void learn(Arriving record, int own, long[] clock) {
        long nowMs = state.partitions.timeMs();
        long[] heard = state.heard;
        for (int k = 0; k < state.processes.size(); k++) {
            if (clock[k] > heard[k]) {
                heard[k] = clock[k];
                if (state.scope == Scope.ALL && (k != own || !record.isEvent())) {
                    state.absences.of(k).claimed(clock[k], record, nowMs);
                }
            }
        }
    }

    /** Takes note of how far the sender has come in this lane. */
    private void hear(Arriving record, KnownProcess sender, int at, long logTimeMs, long[] clock) {
        Lane lane = sender.lanes()[at];
        if (!lane.heard()) {
            state.membership.begins(sender, at);
        }
        if (lane.torn()) {
            state.dropUpTo(lane, record.event().counter() - (record.isEvent() ? 1 : 0));
        }
        lane.hear(clock, state.processes.size(), record.event().kind() == Event.Kind.LEAVE);
        state.membership.spoke(sender, logTimeMs, notices);
        if (state.scope == Scope.ALL) {
            Missing missing = state.absences.of(sender.number());
            if (record.isEvent()) {
                missing.arrived(record.event().counter(), state.partitions.timeMs());
            } else {
                missing.begin(record.event().counter());
            }
        }
    }

    /** Every so many records: who is silent, what is stable and can be dropped, what is missing. */
    private void settle() {
        long nowMs = state.partitions.timeMs();
        state.membership.silenceQuietSince(nowMs - limits.silentAfterMs(), notices);
        dropping.drop(notices);
        state.absences.report(nowMs - limits.graceMs(), notices);
    }

    private List<Anomaly> takeNotices() {
        List<Anomaly> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }
}
