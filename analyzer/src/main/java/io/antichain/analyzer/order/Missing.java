package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events of one process are known to exist and have not arrived: holes between the counters that did (GAP), and what
 * clocks know beyond the last of them (UNSEEN_CAUSE). Reports only: no verdict depends on it.
 *
 * <p>Partitions are read at different speeds, so both are said only when they lasted from one {@link #check} to the next.
 * What lies below the first counter heard is not missing: retention may have deleted it before anybody looked. Nothing is
 * missing of a process that may leave numbers out.
 */
final class Missing {
    /** The most stretches of counters remembered; beyond it the lowest hole is reported before its time. */
    private static final int MOST_STRETCHES = 10_000;

    private final ProcessId process;
    /** The counters that arrived, above {@link #settled}. */
    private final Intervals arrived = new Intervals();
    /** Before the first check, which may begin lower: the least counter that arrived. */
    private long least;
    /** What is missing between {@link #least} and here has been said. */
    private long settled;

    private boolean begun;
    private boolean checked;
    private boolean leavesNumbersOut;
    private long highest;
    private long highestBefore;

    private long claim;
    private String claimedBy = "";
    private long claimBefore;
    private long saidClaim;

    /** @param isWhole whether its counters begin at 1, whatever arrives first */
    Missing(ProcessId process, boolean isWhole) {
        this.process = process;
        this.begun = isWhole;
    }

    /**
     * An event arrived, which had not arrived before.
     *
     * @param mayLeaveNumbersOut whether its process may: then nothing of it is ever missing
     */
    void arrived(long counter, boolean mayLeaveNumbersOut) {
        highest = Math.max(highest, counter);
        leavesNumbersOut |= mayLeaveNumbersOut;
        if (leavesNumbersOut) {
            return;
        }
        if (!begun) {
            begun = true;
            least = counter;
            settled = counter;
        } else if (counter < least && !checked) {
            if (counter < least - 1) {
                arrived.prepend(least, settled);
                settled = counter;
            }
            least = counter;
        } else if (counter == settled + 1 && arrived.isEmpty()) {
            settled = counter; // as nearly always
        } else if (counter > settled) {
            add(counter);
        }
    }

    private void add(long counter) {
        int at = arrived.indexOf(counter);
        if (at == arrived.end() || arrived.first(at) > counter) {
            arrived.add(counter);
        }
        if (arrived.firstBegins() == settled + 1) {
            settled = arrived.last(arrived.start());
            arrived.removeUpTo(settled);
        }
    }

    /** A clock knows {@code counter} events, more than have arrived. */
    void claimed(long counter, Dot by) {
        if (counter > claim) {
            claim = counter;
            claimedBy = by.toString();
        }
    }

    /** Says what was missing at the check before too. */
    void check(List<Anomaly> found) {
        if (leavesNumbersOut) {
            return;
        }
        checked |= begun;
        reportHoles(highestBefore, found);
        while (arrived.end() - arrived.start() > MOST_STRETCHES) {
            reportHoles(arrived.first(arrived.start()), found);
        }
        if (claimBefore > highest && claimBefore > saidClaim && saidClaim <= highest) {
            found.add(unseen());
            saidClaim = claimBefore;
        }
        highestBefore = highest;
        claimBefore = claim;
    }

    private void reportHoles(long upTo, List<Anomaly> found) {
        while (!arrived.isEmpty() && settled < upTo) {
            int lowest = arrived.start();
            long first = arrived.first(lowest);
            if (first > settled + 1) {
                found.add(gap(settled + 1, first - 1));
            }
            settled = arrived.last(lowest);
            arrived.removeUpTo(settled);
        }
    }

    private Anomaly gap(long first, long last) {
        return new Anomaly(
                Kind.GAP,
                Optional.empty(),
                "Events of a process are missing: process=" + process + ", missing=" + first + ".." + last
                        + "; they were deleted, or their publisher left numbers out",
                Map.of("process", process.toString(), "first", "" + first, "last", "" + last));
    }

    private Anomaly unseen() {
        return new Anomaly(
                Kind.UNSEEN_CAUSE,
                Optional.empty(),
                "A clock knows events that have not arrived: process=" + process + ", known=" + claim + ", last seen="
                        + highest + ", known by " + claimedBy + "; the rest was deleted or never committed",
                Map.of("process", process.toString(), "known", "" + claim, "seen", "" + highest, "knownBy", claimedBy));
    }

    void write(FrontierWriter out) {
        out.flags(begun, checked, leavesNumbersOut);
        out.number(least);
        out.number(settled);
        out.number(highest);
        out.number(highestBefore);
        out.number(claim);
        out.text(claimedBy);
        out.number(claimBefore);
        out.number(saidClaim);
        arrived.write(out);
    }

    static Missing read(ProcessId process, FrontierReader in) {
        Missing read = new Missing(process, false);
        boolean[] flags = in.flags(3);
        read.begun = flags[0];
        read.checked = flags[1];
        read.leavesNumbersOut = flags[2];
        read.least = in.number();
        read.settled = in.number();
        read.highest = in.number();
        read.highestBefore = in.number();
        read.claim = in.number();
        read.claimedBy = in.text();
        read.claimBefore = in.number();
        read.saidClaim = in.number();
        read.arrived.read(in);
        return read;
    }
}
