package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Conflict.Status;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final Scope scope;
    private final EngineLimits limits;
    private final Partitions partitions;
    private final ProcessTable processes;
    private final LogTime logTime = new LogTime();
    private final Marks marks;
    private final Window window;
    private final Admission admission;
    private final Absences absences;
    private final FoundRuns found = new FoundRuns();
    private final RunFinder runs;
    private final Keys keys;

    private final ClockScan scan;
    private final Row row = new Row();
    private final List<Anomaly> notices = new ArrayList<>();
    private long arrived;
    /** Whether records were deleted unread, or events that were held, since the last arrival. */
    private boolean isTorn;

    private boolean hasLost;
    /** By partition: from where on a restored engine must be told records again. */
    private long[] replayFrom;

    private OrderEngine(
            Scope scope, EngineLimits limits, Partitions partitions, ProcessTable processes, KeyMemory memory) {
        this.scope = scope;
        this.limits = limits;
        this.partitions = partitions;
        this.processes = processes;
        this.marks = new Marks(limits.isWholeExecution());
        this.window = new Window(limits, scope == Scope.KEY);
        this.admission = new Admission(limits, window, marks, processes);
        this.absences = new Absences(processes, limits);
        this.scan = new ClockScan(limits);
        this.runs = new RunFinder(window, processes, found);
        this.keys = new Keys(window, processes, found, memory);
        this.replayFrom = new long[partitions.count()];
    }

    /**
     * An engine that has heard nothing.
     *
     * @param scope what can conflict at all
     * @param partitions numbers of the partitions it reads, of whatever topics
     */
    public static OrderEngine over(Scope scope, EngineLimits limits, int... partitions) {
        return new OrderEngine(
                scope, limits, new Partitions(partitions), new ProcessTable(), new KeyMemory(limits.keyBytes()));
    }

    /**
     * The engine that wrote {@code frontier}, but for the events that it held. Told the records from {@link #replayFrom} up
     * to {@link #position} of every partition, in the order in which they arrived, and then those that follow, it behaves as
     * that one does.
     *
     * @param keyPages scope key: what {@link #takeKeyPages} gave, all together; taken when the frontier was, or later
     * @throws IllegalArgumentException if the frontier is of another version
     */
    public static OrderEngine restored(byte[] frontier, SortedMap<Long, byte[]> keyPages, EngineLimits limits) {
        FrontierReader in = new FrontierReader(frontier);
        Frontier.checkVersion(in);
        Scope scope = in.flags(1)[0] ? Scope.KEY : Scope.ALL;
        KeyMemory memory = new KeyMemory(limits.keyBytes());
        memory.restore(keyPages);
        OrderEngine engine = new OrderEngine(scope, limits, Partitions.read(in), ProcessTable.read(in), memory);
        engine.makeRoom();
        engine.read(in);
        return engine;
    }

    private void read(FrontierReader in) {
        arrived = in.number();
        long[] oldest = in.numbers();
        System.arraycopy(oldest, 0, replayFrom, 0, oldest.length);
        logTime.read(in);
        marks.read(in, processes.size());
        admission.read(in);
        absences.read(in);
        boolean[] flags = in.flags(2);
        isTorn = flags[0];
        hasLost = flags[1];
    }

    /** Everything but the events held, which the log holds too, and the siblings remembered. The same state, the same bytes. */
    public byte[] frontier() {
        findOldest();
        FrontierWriter out = new FrontierWriter();
        Frontier.writeVersion(out);
        out.flags(scope == Scope.KEY);
        partitions.write(out);
        processes.write(out);
        out.number(arrived);
        out.numbers(replayFrom);
        logTime.write(out);
        marks.write(out);
        admission.write(out);
        absences.write(out);
        out.flags(isTorn, hasLost);
        return out.toBytes();
    }

    /**
     * Scope key: which pages of remembered siblings have changed since the last call, by number; an empty one is gone. A
     * frontier that is stored with them must not be newer: take both at one moment, as nothing is lost by newer pages.
     */
    public SortedMap<Long, byte[]> takeKeyPages() {
        return keys.memory().takeChanges();
    }

    /** The offset of the first record of a partition that an engine just restored must be told again. */
    public long replayFrom(int partition) {
        return replayFrom[partitions.indexOf(partition)];
    }

    /** The offset after the last record told of a partition, 0 before the first. */
    public long position(int partition) {
        return partitions.position(partitions.indexOf(partition));
    }

    /** How the engine stands now. */
    public EngineFigures figures() {
        return new EngineFigures(
                window.size(),
                window.bytes() + keys.bytes(),
                window.size() == 0 ? OptionalLong.empty() : OptionalLong.of(window.beganMs()),
                processes.named(),
                keys.size(),
                keys.memory().size(),
                keys.memory().bytes(),
                keys.memory().forgotten());
    }

    /**
     * Takes note that the log does not hold all records any more that a restored engine is to be told again: the oldest are
     * gone. Of an event that may be concurrent with them no record is called complete. To be called before the first record.
     */
    public void lostHeld() {
        hasLost = true;
    }

    /**
     * Takes note that retention deleted records of a partition before they were told: nobody can say what they were, and until
     * {@link EngineLimits#forgetMs} is over no event is called complete.
     *
     * @param records how many at most
     */
    public void deletedUnread(long records) {
        isTorn = true;
        admission.deleted(records);
    }

    /**
     * Takes the next record of a partition.
     *
     * @param event a record that the gateway has let pass: it has a vector clock, whose own entry is the counter
     * @param partition one of the engine's partitions
     * @param offset above that of the partition's record before; lower only in a restored engine that is told the records
     *     before its frontier again
     * @param logTimeMs the log's time of the record, ms since 1970 UTC; it decides how long something is kept
     */
    public Outcome arrive(Event event, int partition, long offset, long logTimeMs) {
        int at = partitions.indexOf(partition);
        if (offset < partitions.position(at)) {
            retell(event, at, new Arriving(event, partition, offset), logTimeMs);
            return Outcome.Known.KNOWN;
        }
        partitions.advance(at, offset, logTimeMs);
        if (event.kind() != Event.Kind.MESSAGE) {
            return Outcome.NoEvent.QUIET;
        }
        logTime.tell(logTimeMs);
        noteDeleted();
        while (window.isOld(logTime.nowMs())) {
            dropOldest();
        }
        Outcome outcome = judge(new Arriving(event, partition, offset), at, logTimeMs);
        while (window.isFull(keys.bytes())) {
            dropOldest();
        }
        settle();
        return notices.isEmpty() ? outcome : with(outcome);
    }

    private void noteDeleted() {
        if (isTorn) {
            marks.torn(logTime.nowMs());
            isTorn = false;
        }
        if (hasLost) {
            marks.lost(window, processes.size());
            hasLost = false;
        }
    }

    /** A record of a partition was read that is no event. */
    public void passed(int partition, long offset) {
        partitions.pass(partitions.indexOf(partition), offset);
    }

    /** What would be reported as missing if log time went on and nothing more came. */
    public List<Anomaly> reportMissing() {
        absences.checkNow(notices);
        return takeNotices();
    }

    private Outcome judge(Arriving record, int at, long logTimeMs) {
        VectorClock stamp = record.event().clock().orElseThrow();
        long[] clock = processes.spread(stamp, record.event().process());
        int own = processes.sender();
        scan(record, own, clock);
        Anomaly refusal = admission.refusal(record, own, clock, scan);
        if (refusal != null) {
            partitions.refuse(at, record.offset());
            return new Outcome.Refused(refusal, List.of());
        }
        if (own < 0 || processes.unnamed() > 0) {
            clock = name(record, stamp);
            own = processes.sender();
            scan(record, own, clock);
        }
        int size = processes.size();
        row.set(record.counter(), record.partition(), record.offset(), record.fingerprint(clock, size));
        if (admission.fillIn(own, record.counter(), clock)) {
            scan(record, own, clock);
        }
        marks.named(clock, arrived);
        learn(record, own, clock);
        return scope == Scope.ALL
                ? placeAmongAll(record, own, clock, logTimeMs)
                : placeInKey(record, own, clock, logTimeMs);
    }

    private void scan(Arriving record, int own, long[] clock) {
        boolean isLast = own >= 0 && window.last()[own] > 0 && record.counter() > window.last()[own];
        scan.pass(clock, own, processes.size(), isLast ? window.latest(own) : null, marks, window);
    }

    /** Names the processes that the event names for the first time. */
    private long[] name(Arriving record, VectorClock stamp) {
        processes.admit();
        processes.name(record.event().process());
        makeRoom();
        for (int k = 0; k < processes.size(); k++) {
            if (processes.process(k) != null) {
                marks.begin(k, logTime.nowMs());
            }
        }
        return processes.spread(stamp, record.event().process());
    }

    private void makeRoom() {
        window.makeRoom(processes.size());
        marks.makeRoom(processes.size());
        admission.makeRoom(processes.size());
    }

    /** Takes note of what the clock knows. */
    private void learn(Arriving record, int own, long[] clock) {
        long[] heard = marks.heard();
        long[] seen = marks.seen();
        boolean looksForMissing = scope == Scope.ALL;
        for (int i = 0; i < scan.raisingCount(); i++) {
            int k = scan.raising(i);
            if (k != own) {
                heard[k] = clock[k];
                if (looksForMissing && clock[k] > seen[k]) {
                    absences.of(k).claimed(clock[k], record.dot());
                }
            }
        }
        if (looksForMissing) {
            absences.of(own).arrived(record.counter());
        }
    }

    private Outcome placeAmongAll(Arriving record, int own, long[] clock, long logTimeMs) {
        found.clear();
        if (marks.heard()[own] < record.counter()) {
            runs.find(own, clock, scan);
        } else {
            note(runs.findAmongEffects(own, record.counter(), clock), record, clock);
        }
        boolean complete = scan.reachesMarks() && marks.isWhole();
        Outcome outcome =
                found.isEmpty() ? ordered(complete) : recorded(record, Optional.empty(), List.of(), null, complete);
        hold(own, clock, logTimeMs, null);
        return outcome;
    }

    private Outcome placeInKey(Arriving record, int own, long[] clock, long logTimeMs) {
        boolean complete = scan.reachesMarks() && marks.isWhole();
        if (record.event().key().isEmpty()) {
            hold(own, clock, logTimeMs, null);
            return Outcome.Ordered.QUIET;
        }
        KeyHistory history = keys.of(record.event().key().get());
        found.clear();
        note(keys.find(history, own, record.counter(), clock), record, clock);
        List<Dot> resolved = keys.resolvedBy(history, own, record.counter(), clock);
        keys.add(history, record, own, clock);
        Outcome outcome = found.isEmpty() && resolved.size() <= 1
                ? ordered(complete)
                : recorded(record, record.event().key(), resolved, history, complete);
        hold(own, clock, logTimeMs, history);
        return outcome;
    }

    private void note(Contradiction contradiction, Arriving record, long[] clock) {
        if (contradiction != null) {
            notices.add(contradiction.by(record, processes, clock));
        }
    }

    private static Outcome ordered(boolean complete) {
        return complete ? Outcome.Ordered.QUIET : Outcome.Ordered.INCOMPLETE;
    }

    private Outcome recorded(
            Arriving record, Optional<String> key, List<Dot> resolved, KeyHistory history, boolean complete) {
        return new Outcome.Recorded(
                new Conflict(
                        scope,
                        key,
                        found.isEmpty() ? Status.RESOLVED : Status.CONCURRENT,
                        record.reference(),
                        found.take(),
                        resolved,
                        history == null ? List.of() : keys.siblings(history),
                        complete,
                        complete ? OptionalLong.empty() : OptionalLong.of(windowBeganMs())),
                List.of());
    }

    private long windowBeganMs() {
        return window.size() == 0 ? logTime.nowMs() : window.beganMs();
    }

    private void hold(int own, long[] clock, long logTimeMs, KeyHistory history) {
        window.add(own, row, clock, processes.size(), logTimeMs, history);
        marks.held(own, row.counter, logTime.nowMs());
        arrived++;
    }

    /** A record from before the frontier: it was held then, unless it was refused. */
    private void retell(Event event, int at, Arriving record, long logTimeMs) {
        if (event.kind() != Event.Kind.MESSAGE
                || record.offset() < replayFrom[at]
                || partitions.wasRefused(at, record.offset())) {
            return;
        }
        long[] clock = processes.spread(event.clock().orElseThrow(), event.process());
        int own = processes.sender();
        row.set(record.counter(), record.partition(), record.offset(), record.fingerprint(clock, processes.size()));
        admission.readAgain();
        admission.fillIn(own, record.counter(), clock);
        KeyHistory history = scope == Scope.KEY && event.key().isPresent()
                ? keys.of(event.key().get())
                : null;
        if (history != null) {
            keys.add(history, record, own, clock);
        }
        window.add(own, row, clock, processes.size(), logTimeMs, history);
    }

    private void dropOldest() {
        int process = window.oldestProcess();
        long counter = window.oldestCounter();
        if (window.oldestKey() != null) {
            keys.dropped(window.oldestKey(), process, counter);
        }
        window.dropOldest(processes.size());
        marks.dropped(process, counter);
    }

    /** Every so many arrivals: what is missing, who is forgotten. */
    private void settle() {
        if (scope == Scope.ALL && arrived % CHECK_EVERY == 0) {
            absences.checkAt(partitions.timeMs(), notices);
        }
        if (arrived % FORGET_EVERY == 0) {
            forget(logTime.nowMs() - limits.forgetMs());
        }
    }

    private void forget(long beforeMs) {
        marks.forgetDeleted(beforeMs);
        for (int k = 0; k < processes.size(); k++) {
            if (processes.process(k) != null && marks.activeMs(k) < beforeMs && window.last()[k] == 0) {
                marks.forgetPast(k, arrived);
                if (!marks.isNamedSince(k, arrived - window.size())) {
                    window.forget(k);
                    marks.forget(k);
                    admission.forget(k);
                    absences.forget(k);
                    keys.forget(k);
                    processes.free(k);
                }
            }
        }
    }

    /** By partition: where the oldest event held stands; what was refused before it will not be told again. */
    private void findOldest() {
        boolean[] isFound = new boolean[partitions.count()];
        int[] left = {partitions.count()};
        Rows rows = window.rows();
        rows.forEach(row -> {
            int at = partitions.indexOf(rows.partition(row));
            if (!isFound[at]) {
                isFound[at] = true;
                replayFrom[at] = rows.offset(row);
                left[0]--;
            }
            return left[0] > 0;
        });
        for (int at = 0; at < isFound.length; at++) {
            replayFrom[at] = isFound[at] ? replayFrom[at] : partitions.position(at);
            partitions.forgetRefused(at, replayFrom[at]);
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
