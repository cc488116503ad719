package io.antichain.analyzer.order;

import io.antichain.schemas.Scope;
import java.util.OptionalLong;

/** What an engine knows, part by part; and how events enter it, leave it, and are forgotten. */
final class EngineState {
    final Scope scope;
    final EngineLimits limits;
    final SourcePartitions sources;
    final ReadProgress progress = new ReadProgress();
    final ProcessTable processes;
    final LogTime logTime = new LogTime();
    final Marks marks;
    final Window window;
    final Admission admission;
    final Absences absences;
    final FoundRuns found;
    final Keys keys;

    /** How many events were taken in. */
    private long arrived;
    /** Whether records were deleted unread, or events that were held, since the last arrival. */
    private boolean isTorn;

    private boolean hasLost;

    EngineState(Scope scope, EngineLimits limits, SourcePartitions sources, ProcessTable processes, KeyMemory memory) {
        this.scope = scope;
        this.limits = limits;
        this.sources = sources;
        this.processes = processes;
        this.marks = new Marks(limits.isWholeExecution());
        this.window = new Window(limits, scope == Scope.KEY);
        this.admission = new Admission(limits, window, marks, processes);
        this.absences = new Absences(processes, limits);
        this.found = new FoundRuns(sources);
        this.keys = new Keys(processes, memory, window.rows());
    }

    // --- events

    long arrived() {
        return arrived;
    }

    /** Makes room for the processes that have numbers. */
    void makeRoom() {
        window.makeRoom(processes.size());
        marks.makeRoom(processes.size());
        admission.makeRoom(processes.size());
    }

    /** Takes the event in. */
    void hold(int process, Row row, long[] clock, long logTimeMs) {
        refill(process, row, clock, logTimeMs);
        marks.held(process, row.counter, logTime.nowMs());
        arrived++;
    }

    /** Takes the event into the window alone, as one that was held before. */
    void refill(int process, Row row, long[] clock, long logTimeMs) {
        if (row.key == KeyTable.NONE) {
            window.add(process, row, clock, processes.size(), logTimeMs);
        } else {
            row.before = keys.newest(row.key);
            keys.held(row.key, window.add(process, row, clock, processes.size(), logTimeMs));
        }
    }

    void dropOld() {
        while (window.isOld(logTime.nowMs())) {
            dropOldest();
        }
    }

    void dropSurplus() {
        while (window.isFull(keys.bytes())) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Rows rows = window.rows();
        int oldest = rows.oldest();
        int process = rows.process(oldest);
        long counter = rows.counter(oldest);
        int key = rows.key(oldest);
        if (key != KeyTable.NONE) {
            keys.dropped(key, oldest);
        }
        window.dropOldest(process, counter, processes.size());
        marks.dropped(process, counter);
    }

    /** Forgets the processes that have had no event for as long as is remembered, once no stamp held names them. */
    void forget() {
        long beforeMs = logTime.nowMs() - limits.forgetMs();
        marks.forgetDeleted(beforeMs);
        for (int k = 0; k < processes.size(); k++) {
            if (processes.process(k) != null && marks.activeMs(k) < beforeMs && window.last()[k] == 0) {
                marks.forgetPast(k, arrived);
                if (!marks.isNamedSince(k, arrived - window.size())) {
                    window.forget(k);
                    marks.forget(k);
                    admission.forget(k);
                    absences.forget(k);
                    processes.free(k);
                }
            }
        }
    }

    // --- what the log does not hold any more

    void lostHeld() {
        hasLost = true;
    }

    void deletedUnread(long records) {
        isTorn = true;
        admission.deleted(records);
    }

    /** An event arrives after what was deleted. */
    void noteDeleted() {
        if (isTorn) {
            marks.torn(logTime.nowMs());
            isTorn = false;
        }
        if (hasLost) {
            marks.lost(window, processes.size());
            hasLost = false;
        }
    }

    // --- figures, and the frontier

    long windowBeganMs() {
        return window.size() == 0 ? logTime.nowMs() : window.beganMs();
    }

    EngineFigures figures() {
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

    byte[] frontier() {
        Rows rows = window.rows();
        progress.replayFrom(window.size() == 0 ? progress.next() : rows.readOffset(rows.oldest()));
        FrontierWriter out = new FrontierWriter();
        Frontier.writeVersion(out);
        out.flags(scope == Scope.KEY);
        sources.write(out);
        processes.write(out);
        progress.write(out);
        out.number(arrived);
        logTime.write(out);
        marks.write(out);
        admission.write(out);
        absences.write(out);
        out.flags(isTorn, hasLost);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if the frontier is of another version */
    static EngineState read(byte[] frontier, KeyMemory memory, EngineLimits limits) {
        FrontierReader in = new FrontierReader(frontier);
        Frontier.checkVersion(in);
        Scope scope = in.flags(1)[0] ? Scope.KEY : Scope.ALL;
        EngineState read = new EngineState(scope, limits, SourcePartitions.read(in), ProcessTable.read(in), memory);
        read.makeRoom();
        read.progress.read(in);
        read.arrived = in.number();
        read.logTime.read(in);
        read.marks.read(in, read.processes.size());
        read.admission.read(in);
        read.absences.read(in);
        boolean[] flags = in.flags(2);
        read.isTorn = flags[0];
        read.hasLost = flags[1];
        return read;
    }
}
