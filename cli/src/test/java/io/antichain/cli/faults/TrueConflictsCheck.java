package io.antichain.cli.faults;

import io.antichain.cli.faults.ServiceTruth.Sent;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;

/** Holds conflict records against the true order: every pair in scope, whichever of the two arrived later. */
final class TrueConflictsCheck {
    private static final int NAMED = 20;

    /** In the order of their places, so that a run prints the same pairs first. */
    private final List<Sent> events;

    private final Map<Dot, Integer> byDot = new HashMap<>();
    private final List<BitSet> reported = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long concurrent;
    private long pairs;
    private long missing;
    private long extra;
    private long unsettled;

    /**
     * A check of the stamped records of a log.
     *
     * @param truth what each of them knew
     */
    TrueConflictsCheck(Map<Dot, Sent> truth, List<Conflict> conflicts) {
        events = truth.values().stream()
                .filter(sent -> sent.known != null)
                .sorted(Comparator.comparing(sent -> sent.record.place()))
                .toList();
        events.forEach(sent -> {
            byDot.put(sent.record.stamp().orElseThrow().dot(), byDot.size());
            reported.add(new BitSet());
        });
        conflicts.forEach(this::take);
    }

    /** How many pairs are concurrent by the truth. */
    long concurrent() {
        return concurrent;
    }

    /** How many pairs the records name. */
    long reported() {
        return pairs;
    }

    /** How many truly concurrent pairs no record names. */
    long missing() {
        return missing;
    }

    /** How many pairs are named that are in order, are out of scope, or are named twice. */
    long extra() {
        return extra;
    }

    /** How many pairs the journals leave open, since a life ended in the middle of a step: nothing is said about them. */
    long unsettled() {
        return unsettled;
    }

    /** The first faults in words. */
    List<String> faults() {
        return faults;
    }

    private void take(Conflict conflict) {
        Integer later = byDot.get(conflict.event().dot());
        for (Run run : conflict.runs()) {
            for (PrimitiveIterator.OfLong each = run.eachCounter().iterator(); each.hasNext(); ) {
                Dot dot = new Dot(run.process(), each.nextLong());
                Integer earlier = byDot.get(dot);
                pairs++;
                if (later == null || earlier == null) {
                    extra++;
                    fault("names what is not in the log", conflict.event().dot(), dot);
                } else if (reported.get(Math.max(later, earlier)).get(Math.min(later, earlier))) {
                    extra++;
                    fault("reported twice", conflict.event().dot(), dot);
                } else {
                    reported.get(Math.max(later, earlier)).set(Math.min(later, earlier));
                }
            }
        }
    }

    /** Looks at every pair of which the two can conflict. */
    TrueConflictsCheck run(boolean isByKey) {
        for (int b = 0; b < events.size(); b++) {
            for (int a = 0; a < b; a++) {
                boolean inScope = !isByKey
                        || events.get(a)
                                .record
                                .key()
                                .equals(events.get(b).record.key());
                if (inScope || reported.get(b).get(a)) {
                    judge(events.get(a), events.get(b), reported.get(b).get(a), inScope);
                }
            }
        }
        return this;
    }

    private void judge(Sent a, Sent b, boolean isReported, boolean inScope) {
        boolean isOneLife = a.life == b.life;
        boolean isOrdered = isOneLife || a.isSurelyBefore(b) || b.isSurelyBefore(a);
        boolean mayBeOrdered = isOneLife || a.mayBeBefore(b) || b.mayBeBefore(a);
        if (isReported && (isOrdered || !inScope)) {
            extra++;
            fault("not concurrent, or of two keys", dot(a), dot(b));
        } else if (inScope && !mayBeOrdered) {
            concurrent++;
            if (!isReported) {
                missing++;
                fault("not reported", dot(a), dot(b));
            }
        } else if (mayBeOrdered && !isOrdered) {
            unsettled++;
        }
    }

    private static Dot dot(Sent sent) {
        return sent.record.stamp().orElseThrow().dot();
    }

    private void fault(String what, Dot one, Dot other) {
        if (faults.size() < NAMED) {
            faults.add("A pair is " + what + ": " + one + " and " + other);
        }
    }
}
