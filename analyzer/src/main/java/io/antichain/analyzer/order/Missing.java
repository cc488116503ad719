package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which events of one process are known to exist and have not arrived: holes between the counters that did (GAP), and what
 * clocks know beyond the last of them (UNSEEN_CAUSE).
 *
 * <p>Partitions are read at different speeds, so both are said only when they lasted. What lies below the first counter
 * heard is not missing: retention may have deleted it before anybody looked.
 */
final class Missing {
    /** The most holes remembered; beyond it the lowest one is reported before its time. */
    private static final int MAX_HOLES = 10_000;

    private static final long NOTHING = 0;

    // Invariants: holes do not overlap, and each lies between lowest and highest; claim is NOTHING or above highest;
    // lowest is 0 until an event or a heartbeat of the process arrived.
    private final ProcessId process;
    private final NavigableMap<Long, Hole> holes = new TreeMap<>();
    private long lowest;
    private long highest;
    private long greatestClaim;
    private long claim = NOTHING;
    private long claimSinceMs;
    private String claimedBy = "";
    private boolean reported;

    private record Hole(long last, long sinceMs) {}

    Missing(ProcessId process) {
        this.process = process;
    }

    /** Whether there is nothing to wait for. */
    boolean isEmpty() {
        return holes.isEmpty() && claim == NOTHING;
    }

    /** Nothing up to {@code counter} is waited for: what was published before the first record heard may be gone. */
    void begin(long counter) {
        if (lowest == 0) {
            lowest = counter + 1;
            highest = counter;
            settleClaim(0);
        }
    }

    /** An event arrived. */
    void arrived(long counter, long nowMs) {
        begin(counter - 1);
        if (counter > highest) {
            addHole(highest + 1, counter - 1, nowMs);
            highest = counter;
            settleClaim(nowMs);
        } else if (counter < lowest) {
            addHole(counter + 1, lowest - 1, nowMs);
            lowest = counter;
        } else {
            fill(counter);
        }
    }

    /** Where a claim has come true, the greatest one heard meanwhile is next. */
    private void settleClaim(long nowMs) {
        reported &= highest < greatestClaim;
        if (highest >= claim) {
            claim = NOTHING;
            if (greatestClaim > highest) {
                await(greatestClaim, claimedBy, nowMs);
            }
        }
    }

    /** A clock knows {@code counter} events. */
    void claimed(long counter, Arriving by, long nowMs) {
        if (counter > greatestClaim && counter > highest) {
            greatestClaim = counter;
            if (claim == NOTHING) {
                await(counter, by.event().process() + ":" + by.event().counter(), nowMs);
            }
        }
    }

    private void await(long counter, String by, long nowMs) {
        if (!reported) {
            claim = counter;
            claimedBy = by;
            claimSinceMs = nowMs;
        }
    }

    private void addHole(long first, long last, long nowMs) {
        if (first <= last) {
            holes.put(first, new Hole(last, nowMs));
        }
    }

    private void fill(long counter) {
        Map.Entry<Long, Hole> around = holes.floorEntry(counter);
        if (around != null && around.getValue().last() >= counter) {
            Hole hole = around.getValue();
            holes.remove(around.getKey());
            addHole(around.getKey(), counter - 1, hole.sinceMs());
            addHole(counter + 1, hole.last(), hole.sinceMs());
        }
    }

    /** Says, once, what has been missing since {@code beforeMs} or longer. */
    List<Anomaly> missingSince(long beforeMs) {
        List<Anomaly> found = new ArrayList<>();
        for (Iterator<Map.Entry<Long, Hole>> all = holes.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Hole> hole = all.next();
            if (hole.getValue().sinceMs() <= beforeMs || holes.size() > MAX_HOLES) {
                found.add(gap(hole.getKey(), hole.getValue().last()));
                all.remove();
            }
        }
        if (claim != NOTHING && claimSinceMs <= beforeMs) {
            found.add(unseen());
            claim = NOTHING;
            reported = true;
        }
        return found;
    }

    private Anomaly gap(long first, long last) {
        return new Anomaly(
                Kind.GAP,
                Optional.empty(),
                "A process's counters have no holes: process=" + process + ", missing=" + first + ".." + last
                        + "; these events were deleted, or their publisher skipped numbers",
                Map.of("process", process.toString(), "first", "" + first, "last", "" + last));
    }

    private Anomaly unseen() {
        return new Anomaly(
                Kind.UNSEEN_CAUSE,
                Optional.empty(),
                "What a clock knows is in the log: process=" + process + ", known=" + claim + ", last seen=" + highest
                        + ", known by " + claimedBy + "; the rest was deleted or never committed",
                Map.of("process", process.toString(), "known", "" + claim, "seen", "" + highest, "knownBy", claimedBy));
    }

    void write(FrontierWriter out) {
        out.number(lowest);
        out.number(highest);
        out.number(greatestClaim);
        out.number(claim);
        out.number(claimSinceMs);
        out.text(claimedBy);
        out.flags(reported);
        out.number(holes.size());
        holes.forEach((first, hole) -> {
            out.number(first);
            out.number(hole.last());
            out.number(hole.sinceMs());
        });
    }

    static Missing read(ProcessId process, FrontierReader in) {
        Missing read = new Missing(process);
        read.lowest = in.number();
        read.highest = in.number();
        read.greatestClaim = in.number();
        read.claim = in.number();
        read.claimSinceMs = in.number();
        read.claimedBy = in.text();
        read.reported = in.flags(1)[0];
        for (int count = in.count(); count > 0; count--) {
            read.holes.put(in.number(), new Hole(in.number(), in.number()));
        }
        return read;
    }
}
