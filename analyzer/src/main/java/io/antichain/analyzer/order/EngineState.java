package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Scope;
import java.util.Arrays;

/** All that an engine knows, and its way to bytes and back. */
final class EngineState {
    private static final int FRONTIER_VERSION = 2;

    final Scope scope;
    /** Whether each process publishes in one of the partitions alone: they are of different topics. */
    final boolean apart;

    final Partitions partitions;
    final ProcessTable processes;
    final Membership membership;
    final Absences absences;
    final Keys keys = new Keys();

    // By process number. Invariants: no clock that counted has a greater entry than heard; every dropped event has a
    // counter <= dropped; every event held has a counter <= appended.
    long[] heard = new long[8];
    long[] dropped = new long[8];
    long[] appended = new long[8];

    /** How many records arrived since stability was last computed. */
    int sinceSettled;

    EngineState(Scope scope, boolean apart, Partitions partitions) {
        this(scope, apart, partitions, new ProcessTable());
    }

    private EngineState(Scope scope, boolean apart, Partitions partitions, ProcessTable processes) {
        this.scope = scope;
        this.apart = apart;
        this.partitions = partitions;
        this.processes = processes;
        this.membership = new Membership(partitions, processes, scope == Scope.KEY, apart);
        this.absences = new Absences(processes);
    }

    /** Makes a process known, with a lane in every partition. */
    KnownProcess introduce(ProcessId process) {
        KnownProcess introduced = membership.introduce(process);
        makeRoom();
        return introduced;
    }

    /** Lets the arrays be as long as there are processes. */
    void makeRoom() {
        int named = processes.size();
        if (heard.length < named) {
            heard = Arrays.copyOf(heard, 2 * named);
            dropped = Arrays.copyOf(dropped, 2 * named);
            appended = Arrays.copyOf(appended, 2 * named);
        }
    }

    /** The lane's process has no event up to {@code counter} any more that others are compared with. */
    void dropUpTo(Lane lane, long counter) {
        dropped[lane.number()] = Math.max(dropped[lane.number()], counter);
    }

    /** How many records are held: unstable events, and refused records among them. */
    long held() {
        long held = 0;
        for (KnownProcess process : membership.known()) {
            for (Lane lane : process.lanes()) {
                held += lane.held();
            }
        }
        return held;
    }

    byte[] frontier() {
        FrontierWriter out = new FrontierWriter();
        out.number(FRONTIER_VERSION);
        out.flags(scope == Scope.KEY, apart);
        partitions.write(out);
        processes.write(out);
        out.numbers(heard);
        out.numbers(dropped);
        out.numbers(appended);
        out.number(sinceSettled);
        membership.write(out);
        absences.write(out);
        keys.write(out, processes, membership);
        return out.toBytes();
    }

    static EngineState restored(byte[] frontier) {
        FrontierReader in = new FrontierReader(frontier);
        int version = in.count();
        if (version != FRONTIER_VERSION) {
            throw new IllegalArgumentException("A frontier is read by the version that wrote it: version=" + version
                    + ", expected=" + FRONTIER_VERSION + "; reset the analyzer's state, the log holds everything");
        }
        boolean[] flags = in.flags(2);
        Scope scope = flags[0] ? Scope.KEY : Scope.ALL;
        EngineState state = new EngineState(scope, flags[1], Partitions.read(in), ProcessTable.read(in));
        int room = state.processes.size() + 8;
        state.heard = Arrays.copyOf(in.numbers(), room);
        state.dropped = Arrays.copyOf(in.numbers(), room);
        state.appended = Arrays.copyOf(in.numbers(), room);
        state.sinceSettled = in.count();
        state.membership.read(in);
        state.absences.read(in);
        state.keys.read(in, state.processes);
        return state;
    }
}
