package io.antichain.cli.verify;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which events count, and when each arrived. One does not count if its dot stands in the log before, if its own entry is not
 * its counter, if its clock is not between those of its process's events around it, or if the analyzer refused it for a
 * reason that shows in the log. A refusal for which no reason shows leaves nothing out.
 *
 * <p>A dot that comes again beyond the window may have been taken for new, since nobody remembers it: that is an arrival too,
 * and what is said of it is not checked.
 */
final class Arrivals {
    static final int NEVER = -1;

    private final VerifiedLog log;
    private final LimitRefusals limitRefusals;
    private final Map<Long, ProcessChain> chains = new HashMap<>();
    /** How many events arrived in each partition. */
    private final Map<Integer, Integer> counts = new HashMap<>();
    /** The rows of dots that came again and may have been taken for new, and the first row of each. */
    private final Map<Integer, Integer> firsts = new HashMap<>();
    /** Of events that came again beyond the window, the last arrival. */
    private final Map<Integer, Integer> lastArrivals = new HashMap<>();

    private final BitSet again = new BitSet();
    private final Set<Dot> unconfirmed = new LinkedHashSet<>();
    private int refused;

    /** When each event arrived, from 0 in each partition; {@link #NEVER} for those that do not count. */
    final int[] arrival;

    /** The number of each event's strand in its process's chain. */
    final int[] strand;

    Arrivals(VerifiedLog log) {
        this.log = log;
        this.limitRefusals = new LimitRefusals(log);
        this.arrival = new int[log.size()];
        this.strand = new int[log.size()];
        Arrays.fill(arrival, NEVER);
        IntStream.range(0, log.size()).forEach(this::take);
        for (int row = log.setAside.nextSetBit(0); row >= 0; row = log.setAside.nextSetBit(row + 1)) {
            judge(row, find(row) != ProcessChain.NONE);
        }
        chains.clear();
    }

    private boolean isDoubted(int row) {
        return log.refusal(row) != null || log.isSetAside(row);
    }

    private void take(int row) {
        if (log.isSetAside(row)) {
            return;
        }
        int first = find(row);
        if (log.impossible.get(row)) {
            judge(row, true);
        } else if (first != ProcessChain.NONE) {
            repeat(row, first);
        } else if (log.refusal(row) != null && isConfirmed(row)) {
            judge(row, true);
        } else {
            judge(row, false);
            if (!isFallenWithin(row, log.limits().window())) {
                accept(row);
            }
        }
    }

    /** Notes a refusal, if there was one. */
    private void judge(int row, boolean isRight) {
        if (isDoubted(row) && isRight) {
            refused += log.isInScope(row) ? 1 : 0;
        } else if (isDoubted(row)) {
            unconfirmed.add(log.dot(row));
        }
    }

    private void repeat(int row, int first) {
        int last = lastArrivals.getOrDefault(first, arrival[first]);
        boolean isNear = count(row) - last <= log.limits().window();
        judge(row, true);
        if (isNear || isDoubted(row)) {
            return;
        }
        again.set(row);
        again.set(first);
        firsts.put(row, first);
        lastArrivals.put(first, arrive(row));
    }

    private boolean isConfirmed(int row) {
        Anomaly.Kind kind = log.refusal(row);
        // What it is compared with may have been deleted, where that may have been held.
        boolean isCut = log.isCut(row) && count(row) < log.limits().window();
        return switch (kind) {
            case DUPLICATE, DOT_REUSED -> isCut;
            case CLOCK_REGRESSED -> isCut || isFallenWithin(row, Integer.MAX_VALUE);
            case CLOCK_TOO_FAR, CLOCK_TOO_WIDE -> limitRefusals.confirms(row);
            case OWN_ENTRY_MISMATCH, NO_VECTOR_CLOCK, CONTRADICTION, GAP, UNSEEN_CAUSE, STAMP_REPEATED, OBSOLETE ->
                false;
        };
    }

    /** Whether the clock is not between those of the events around it, of those that arrived so few arrivals before. */
    private boolean isFallenWithin(int row, int window) {
        ProcessChain chain = chain(row);
        int below = chain.upTo(log.counter[row]);
        int above = chain.above(log.counter[row]);
        long[] clock = log.clocks.row(row);
        return isNear(below, row, window) && ProcessChain.falls(log.clocks.row(below), clock)
                || isNear(above, row, window) && ProcessChain.falls(clock, log.clocks.row(above));
    }

    private boolean isNear(int earlier, int row, int window) {
        return earlier != ProcessChain.NONE && count(row) - arrival[earlier] <= window;
    }

    private void accept(int row) {
        arrival[row] = arrive(row);
        completeClock(row);
        strand[row] = chain(row).add(row);
    }

    /** An entry that is missing and was there before is as it was: a process leaves out what has not moved for long. */
    private void completeClock(int row) {
        int below = chain(row).upTo(log.counter[row]);
        if (below == ProcessChain.NONE) {
            return;
        }
        long[] before = log.clocks.row(below);
        long[] clock = Arrays.copyOf(log.clocks.row(row), Math.max(before.length, log.clocks.row(row).length));
        boolean isIncomplete = false;
        for (int k = 0; k < before.length; k++) {
            if (clock[k] == 0 && before[k] > 0) {
                clock[k] = before[k];
                isIncomplete = true;
            }
        }
        if (isIncomplete) {
            log.clocks.replace(row, clock, clock.length);
        }
    }

    private int arrive(int row) {
        return counts.merge(log.readPartition(row), 1, Integer::sum) - 1;
    }

    /** How many arrived in the row's partition so far. */
    private int count(int row) {
        return counts.getOrDefault(log.readPartition(row), 0);
    }

    private int find(int row) {
        int found = chain(row).upTo(log.counter[row]);
        return found != ProcessChain.NONE && log.counter[found] == log.counter[row] ? found : ProcessChain.NONE;
    }

    private ProcessChain chain(int row) {
        return chains.computeIfAbsent(
                ((long) log.readPartition(row) << 32) | log.process[row], key -> new ProcessChain(log));
    }

    /** The row that counts for this one: itself, or that of the same dot. */
    int first(int row) {
        return firsts.getOrDefault(row, row);
    }

    /** Whether the event came again, perhaps beyond the window, or the row is such a repetition. */
    boolean isAgain(int row) {
        return again.get(row);
    }

    /** How many events the analyzer left out for a reason that the log shows. */
    int refused() {
        return refused;
    }

    /** Those that it left out for none. */
    List<Dot> unconfirmed() {
        return new ArrayList<>(unconfirmed);
    }
}
