package io.antichain.analyzer.order;

import java.util.Arrays;
import java.util.List;

/**
 * What every live process is known, from every partition, to have seen: nothing published from now on can be concurrent
 * with it, so it need not be held.
 *
 * <p>Stable(i) is the least entry for i over the latest clocks of all lanes of all live processes, i's own lanes included.
 * All lanes, since a process that is far in one partition may be heard late in another, with what it wrote before.
 */
final class Stability {
    private long[] stable = {};

    /**
     * Stable(i) by process number; {@link Long#MAX_VALUE} for all where nobody is live. The array is used again by the
     * next call.
     *
     * @param known the processes of which records were heard
     * @param processes how many are named
     */
    long[] among(List<KnownProcess> known, int processes) {
        if (stable.length < processes) {
            stable = new long[2 * processes];
        }
        Arrays.fill(stable, Long.MAX_VALUE);
        for (KnownProcess process : known) {
            if (process.live()) {
                for (Lane lane : process.lanes()) {
                    if (!lane.isElsewhere()) {
                        lane.lower(stable, processes);
                    }
                }
            }
        }
        return stable;
    }

    /**
     * The live process that holds back most: whose least acknowledging lane lags furthest behind what was heard. Null if
     * nobody is live.
     *
     * @param heard the greatest entry of each process in any clock
     */
    static KnownProcess mostBehind(List<KnownProcess> known, long[] heard, int processes) {
        KnownProcess furthest = null;
        long most = -1;
        for (KnownProcess process : known) {
            long behind = process.live() ? behind(process, heard, processes) : -1;
            if (behind > most) {
                furthest = process;
                most = behind;
            }
        }
        return furthest;
    }

    private static long behind(KnownProcess process, long[] heard, int processes) {
        long most = 0;
        for (Lane lane : process.lanes()) {
            long behind = 0;
            for (int k = 0; k < processes; k++) {
                behind += heard[k] - lane.latest(k);
            }
            most = lane.isElsewhere() ? most : Math.max(most, behind);
        }
        return most;
    }
}
