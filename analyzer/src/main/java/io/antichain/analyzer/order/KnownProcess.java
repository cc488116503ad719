package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;

/**
 * A process of which a record was heard, with all its lanes, one a partition. It is <em>live</em>, and holds back what it has
 * not acknowledged, unless it is gone or silent.
 */
final class KnownProcess {
    private final ProcessId id;
    private final int number;
    private final Lane[] lanes;
    private long lastHeardMs;
    private boolean silent;

    /**
     * @param number counted from 0 in the order in which processes are named
     * @param partitions the engine's partitions
     * @param keyed whether events belong to keys
     * @param apart whether it publishes in one of the partitions alone
     */
    KnownProcess(ProcessId id, int number, int[] partitions, boolean keyed, boolean apart) {
        this.id = id;
        this.number = number;
        this.lanes = new Lane[partitions.length];
        for (int at = 0; at < lanes.length; at++) {
            lanes[at] = new Lane(id, number, partitions[at], keyed, apart);
        }
    }

    ProcessId id() {
        return id;
    }

    int number() {
        return number;
    }

    Lane[] lanes() {
        return lanes;
    }

    /** Log time of the last record, in ms. */
    long lastHeardMs() {
        return lastHeardMs;
    }

    void heardAt(long logTimeMs) {
        lastHeardMs = Math.max(lastHeardMs, logTimeMs);
    }

    /** Whether it said nothing for too long, and not since. */
    boolean silent() {
        return silent;
    }

    void setSilent(boolean silent) {
        this.silent = silent;
    }

    boolean live() {
        return !silent && !gone();
    }

    LaneFigures.Presence presence() {
        return gone() ? LaneFigures.Presence.GONE : silent ? LaneFigures.Presence.SILENT : LaneFigures.Presence.LIVE;
    }

    /** Whether each lane is over or ends in a LEAVE, all of these with one clock. */
    boolean gone() {
        Lane leaving = null;
        for (Lane lane : lanes) {
            if (lane.over() || lane.isElsewhere()) {
                continue;
            }
            if (!lane.left() || (leaving != null && !lane.agreesWith(leaving))) {
                return false;
            }
            leaving = lane;
        }
        return true;
    }

    void write(FrontierWriter out) {
        out.number(number);
        out.number(lastHeardMs);
        out.flags(silent);
        for (Lane lane : lanes) {
            lane.write(out);
        }
    }

    /** Takes over what {@link #write} wrote after the number. */
    void read(FrontierReader in) {
        lastHeardMs = in.number();
        silent = in.flags(1)[0];
        for (Lane lane : lanes) {
            lane.read(in);
        }
    }
}
