package io.antichain.cli.verify;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Gateway;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the clocks that were refused for their width or for a jump are that wide, or do jump that far from all that stand
 * before them in their partition. What was read of others by then is not known where order is not.
 */
final class LimitRefusals {
    /** Of a partition's clocks that were believed: the greatest entry of each process, and how many have one. */
    private static final class Heard {
        long[] entries = {};
        int named;
    }

    private final VerifiedLog log;
    private final Map<Integer, Heard> heard = new HashMap<>();
    private final BitSet confirmed = new BitSet();

    LimitRefusals(VerifiedLog log) {
        this.log = log;
        for (int row = 0; row < log.size(); row++) {
            Heard before = heard.computeIfAbsent(log.readPartition(row), first -> new Heard());
            if (before.entries.length < log.processes().size()) {
                before.entries = new long[log.processes().size()];
            }
            long[] clock = log.clocks.row(row);
            Anomaly.Kind kind = log.refusal(row);
            boolean isTooFar = kind == Anomaly.Kind.CLOCK_TOO_FAR;
            boolean isTooWide = kind == Anomaly.Kind.CLOCK_TOO_WIDE;
            confirmed.set(row, isTooFar && jumps(clock, before) || isTooWide && isWide(clock, before));
            boolean isRefused = isTooFar || isTooWide ? confirmed.get(row) : kind != null;
            if (!isRefused && !log.impossible.get(row) && !log.isSetAside(row)) {
                hear(clock, before);
            }
        }
    }

    boolean confirms(int row) {
        return confirmed.get(row);
    }

    private boolean jumps(long[] clock, Heard before) {
        for (int k = 0; k < clock.length; k++) {
            long entry = before.entries[k];
            if (entry > 0 && clock[k] - entry > log.limits().maxClockJump()) {
                return true;
            }
        }
        return false;
    }

    private boolean isWide(long[] clock, Heard before) {
        int width = 0;
        int fresh = 0;
        long nameLength = 0;
        for (int k = 0; k < clock.length; k++) {
            if (clock[k] > 0) {
                ProcessId process = log.processes().get(k);
                width++;
                fresh += before.entries[k] == 0 ? 1 : 0;
                nameLength += process.toString().length();
            }
        }
        int most = log.limits().maxClockWidth();
        return width > most || fresh > 0 && before.named + fresh > most || nameLength > Gateway.MAX_CLOCK_NAME_LENGTH;
    }

    private static void hear(long[] clock, Heard before) {
        for (int k = 0; k < clock.length; k++) {
            before.named += before.entries[k] == 0 && clock[k] > 0 ? 1 : 0;
            before.entries[k] = Math.max(before.entries[k], clock[k]);
        }
    }
}
