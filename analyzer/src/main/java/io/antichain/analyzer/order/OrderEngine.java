package io.antichain.analyzer.order;

import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import io.antichain.schemas.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Finds, for each arriving event, the events held that are concurrent with it. What is held is a {@link Window}: the newest
 * arrivals, in one chain for each process, in the order of their counters. Along a chain counters rise and clocks never fall.
 * So for an event f of process j, and the chain of another process i:
 *
 * <ol>
 *   <li>the chain's events that happened before f are those with a counter ≤ clock(f)[i]: a prefix;
 *   <li>the chain's events that f happened before are those whose entry for j is ≥ counter(f): a suffix;
 *   <li>what lies between is concurrent with f: a run, or several where counters are not consecutive.
 * </ol>
 *
 * <p>Records may arrive in any order: effects before causes, late, twice, those of one process too. Each unordered pair of
 * concurrent events, of which the later arrived within the window after the earlier, is reported once, with the later; no
 * other pair is, but in scope key those with a sibling that is remembered beyond the window. Whether that was all of history
 * a record says itself: it is <em>complete</em> if the event's clock reaches every other process's low-water mark ({@link
 * Marks}).
 *
 * <p>Time of an event that no clock names yet: O(processes + runs); else O(processes · log window). Memory: see {@link Window},
 * bounded by {@link EngineLimits#windowBytes} and {@link EngineLimits#keyBytes}.
 */
public final class OrderEngine {
    private static final int FORGET_EVERY = 4_096;
    private static final int CHECK_EVERY = 64;

    private final EngineState state;
    private final List<Anomaly> notices = new ArrayList<>();
    private final Placement placement;
    private final ClockScan scan;
    private final Row row = new Row();

    private OrderEngine(EngineState state) {
        this.state = state;
        this.placement = new Placement(state, notices);
        this.scan = new ClockScan(state.limits);
    }

    /**
     * An engine that has heard nothing.
     *
     * @param scope what can conflict at all
     * @param partition the partition it reads; events that say of no other that they stand there stand here
     */
    public static OrderEngine over(Scope scope, EngineLimits limits, SourcePartition partition) {
        KeyMemory memory = new KeyMemory(limits.keyBytes());
        SourcePartitions sources = new SourcePartitions();
        sources.number(partition);
        return new OrderEngine(new EngineState(scope, limits, sources, new ProcessTable(), memory));
    }

    /**
     * The engine that wrote {@code frontier}, but for the events that it held. Told the records from {@link #replayFrom} up
     * to {@link #position}, and then those that follow, it behaves as that one does.
     *
     * @param keyPages scope key: what {@link #takeKeyPages} gave, all together; taken when the frontier was
     * @throws IllegalArgumentException if the frontier is of another version
     */
    public static OrderEngine restored(byte[] frontier, SortedMap<Long, byte[]> keyPages, EngineLimits limits) {
        KeyMemory memory = new KeyMemory(limits.keyBytes());
        memory.restore(keyPages);
        return new OrderEngine(EngineState.read(frontier, memory, limits));
    }

    /** Everything but the events held, which the log holds too, and the siblings remembered. The same state, the same bytes. */
    public byte[] frontier() {
        return state.frontier();
    }

    /**
     * Scope key: which pages of remembered siblings have changed since the last call, by number; an empty one is gone. They are
     * stored with a frontier of the same moment.
     */
    public SortedMap<Long, byte[]> takeKeyPages() {
        return state.keys.memory().takeChanges();
    }

    /** The offset of the first record that an engine just restored must be told again. */
    public long replayFrom() {
        return state.progress.replayFrom();
    }

    /** The offset after the last record told, 0 before the first. */
    public long position() {
        return state.progress.next();
    }

    /** How the engine stands now. */
    public EngineFigures figures() {
        return state.figures();
    }

    /**
     * Takes note that the log does not hold all records any more that a restored engine is to be told again: the oldest are
     * gone. Of an event that may be concurrent with them no record is called complete. To be called before the first record.
     */
    public void lostHeld() {
        state.lostHeld();
    }

    /**
     * Takes note that retention deleted records before they were told: nobody can say what they were, and until
     * {@link EngineLimits#forgetMs} is over no event is called complete.
     *
     * @param records how many at most
     */
    public void deletedUnread(long records) {
        state.deletedUnread(records);
    }

    /**
     * Takes the next record.
     *
     * @param message a record that the gateway has let pass: it has a vector clock, whose own entry is the counter
     * @param offset where it is read: above that of the record before; lower only in a restored engine that is told the records
     *     before its frontier again
     * @param logTimeMs the log's time of the record, ms since 1970 UTC; it decides how long something is kept
     */
    public Outcome arrive(Message message, long offset, long logTimeMs) {
        if (offset < state.progress.next()) {
            retell(arriving(message, offset), logTimeMs);
            return Outcome.Known.KNOWN;
        }
        state.progress.pass(offset);
        if (message.event().kind() != Event.Kind.MESSAGE) {
            return Outcome.NoEvent.QUIET;
        }
        state.logTime.tell(logTimeMs);
        state.noteDeleted();
        state.dropOld();
        Outcome outcome = judge(arriving(message, offset), logTimeMs);
        state.dropSurplus();
        settle();
        return notices.isEmpty() ? outcome : with(outcome);
    }

    private Arriving arriving(Message message, long offset) {
        if (message.at().isEmpty()) {
            return new Arriving(message, state.sources, 0, offset, offset);
        }
        Position at = message.at().get();
        int source = state.sources.number(new SourcePartition(at.topic(), at.partition()));
        return new Arriving(message, state.sources, source, at.offset(), offset);
    }

    /** As {@link #arrive(Message, long, long)}, of {@link Message#of}. */
    public Outcome arrive(Event event, long offset, long logTimeMs) {
        return arrive(Message.of(event), offset, logTimeMs);
    }

    /** A record was read that is no event. */
    public void passed(long offset) {
        state.progress.pass(offset);
    }

    /** What would be reported as missing if log time went on and nothing more came. */
    public List<Anomaly> reportMissing() {
        state.absences.checkNow(notices);
        return takeNotices();
    }

    private Outcome judge(Arriving record, long logTimeMs) {
        ProcessTable processes = state.processes;
        VectorClock stamp = record.event().clock().orElseThrow();
        long[] clock = processes.spread(stamp, record.event().process());
        int own = processes.sender();
        scan(record, own, clock);
        Anomaly refusal = state.admission.refusal(record, own, clock, scan);
        if (refusal != null) {
            state.progress.refuse(record.readOffset());
            return new Outcome.Refused(refusal, List.of());
        }
        if (own < 0 || processes.unnamed() > 0) {
            clock = name(record, stamp);
            own = processes.sender();
            scan(record, own, clock);
        }
        set(record, clock);
        state.marks.named(clock, state.arrived());
        if (state.admission.fillIn(own, record.counter(), clock)) {
            scan(record, own, clock);
        }
        learn(record, own, clock);
        return placement.place(record, own, row, clock, scan, logTimeMs);
    }

    private void set(Arriving record, long[] clock) {
        long fingerprint = record.fingerprint(clock, state.processes.size());
        row.set(record, fingerprint);
    }

    private void scan(Arriving record, int own, long[] clock) {
        Window window = state.window;
        boolean isLast = own >= 0 && window.last()[own] > 0 && record.counter() > window.last()[own];
        scan.pass(clock, own, state.processes.size(), isLast ? window.latest(own) : null, state.marks, window);
    }

    /** Names the processes that the event names for the first time. */
    private long[] name(Arriving record, VectorClock stamp) {
        ProcessTable processes = state.processes;
        processes.admit();
        processes.name(record.event().process());
        state.makeRoom();
        for (int k = 0; k < processes.size(); k++) {
            if (processes.process(k) != null) {
                state.marks.begin(k, state.logTime.nowMs());
            }
        }
        return processes.spread(stamp, record.event().process());
    }

    /** Takes note of what the clock knows. */
    private void learn(Arriving record, int own, long[] clock) {
        long[] heard = state.marks.heard();
        long[] seen = state.marks.seen();
        boolean looksForMissing = state.scope == Scope.ALL;
        boolean claims = looksForMissing && !record.message().mayLeaveNumbersOut();
        for (int i = 0; i < scan.raisingCount(); i++) {
            int k = scan.raising(i);
            if (k != own) {
                heard[k] = clock[k];
                if (claims && clock[k] > seen[k]) {
                    state.absences.of(k).claimed(clock[k], record.dot());
                }
            }
        }
        if (looksForMissing) {
            state.absences.of(own).arrived(record.counter(), record.message().mayLeaveNumbersOut());
        }
    }

    /** A record from before the frontier: it was held then, unless it was refused. */
    private void retell(Arriving record, long logTimeMs) {
        Event event = record.event();
        if (event.kind() != Event.Kind.MESSAGE || state.progress.leavesOut(record.readOffset())) {
            return;
        }
        ProcessTable processes = state.processes;
        long[] clock = processes.spread(event.clock().orElseThrow(), event.process());
        int own = processes.sender();
        set(record, clock);
        state.admission.readAgain();
        state.admission.fillIn(own, record.counter(), clock);
        if (state.scope == Scope.KEY && event.key().isPresent()) {
            placement.replaceSiblings(event.key().get(), own, row, clock);
        }
        state.refill(own, row, clock, logTimeMs);
    }

    /** Every so many arrivals: what is missing, who is forgotten. */
    private void settle() {
        if (state.scope == Scope.ALL && state.arrived() % CHECK_EVERY == 0) {
            state.absences.checkAt(state.logTime.nowMs(), notices);
        }
        if (state.arrived() % FORGET_EVERY == 0) {
            state.forget();
        }
    }

    private Outcome with(Outcome outcome) {
        List<Anomaly> taken = takeNotices();
        if (outcome instanceof Outcome.Recorded recorded) {
            return new Outcome.Recorded(recorded.conflict(), taken);
        } else if (outcome instanceof Outcome.Refused refused) {
            return new Outcome.Refused(refused.anomaly(), taken);
        }
        return new Outcome.Ordered(((Outcome.Ordered) outcome).complete(), taken);
    }

    private List<Anomaly> takeNotices() {
        List<Anomaly> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }
}
