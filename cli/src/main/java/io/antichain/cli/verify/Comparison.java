package io.antichain.cli.verify;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes conflict records one by one and holds each against the definition. */
public final class Comparison {
    private final VerifiedLog log;
    private final Arrivals arrivals;
    private final Sequences sequences;
    private final int[] positions;
    private final Differences differences = new Differences();
    private final RecordCheck check;
    private final BitSet recorded;
    /** Of conflicts in several records, those that came. */
    private final Map<Dot, List<Conflict>> unfinished = new HashMap<>();

    private long reportedPairs;
    private long duplicates;
    private long incomplete;

    /** @param log all events, and what was refused of them */
    public Comparison(VerifiedLog log) {
        this.log = log;
        this.arrivals = new Arrivals(log);
        this.sequences = new Sequences(log, arrivals);
        this.positions = sequences.positions();
        this.recorded = new BitSet(log.size());
        this.check = new RecordCheck(log, arrivals, sequences, differences);
    }

    /** Takes the next record. Records of events that came after the log was read are not looked at. */
    public void take(Conflict record) {
        if (record.scope() != log.scope()) {
            return;
        }
        if (record.parts() == 1) {
            takeWhole(record);
            return;
        }
        List<Conflict> before = unfinished.computeIfAbsent(record.event().dot(), dot -> new ArrayList<>());
        if (record.part() == before.size() + 1) {
            before.add(record);
        } else {
            duplicates += record.part() <= before.size() ? 1 : 0;
        }
        if (before.size() == record.parts()) {
            takeWhole(Conflict.joined(unfinished.remove(record.event().dot())));
        }
    }

    private void takeWhole(Conflict conflict) {
        Dot dot = conflict.event().dot();
        Position at = conflict.event().at();
        int row = log.find(dot, at);
        if (row < 0 && log.isLater(at)) {
            return;
        }
        incomplete += conflict.complete() ? 0 : 1;
        reportedPairs += conflict.pairs();
        int event = row < 0 ? row : arrivals.first(row);
        // A copy that came beyond the window may have been taken for new.
        boolean isRepetition = event >= 0 && arrivals.isAgain(event) && row != event;
        if (row < 0 && log.isGone(at) || isRepetition) {
            differences.unchecked += conflict.pairs();
        } else if (event < 0 || positions[event] < 0) {
            differences.extraPairs += Math.max(1, conflict.pairs());
        } else if (recorded.get(event)) {
            duplicates++;
            differences.extraPairs += conflict.pairs();
        } else {
            recorded.set(event);
            check.take(positions[event], conflict);
        }
    }

    /**
     * What came of it.
     *
     * @param recordsGone whether the conflicts topic has lost its oldest records
     * @param lost events of the sources that were not brought together
     */
    public Verification finish(boolean recordsGone, List<Dot> lost) {
        check.finish();
        return new Verification(
                sequences.size(),
                check.concurrentPairs(),
                reportedPairs,
                List.copyOf(differences.missing),
                differences.missingPairs,
                List.copyOf(differences.extra),
                differences.extraPairs,
                check.beyond(),
                differences.falselyComplete,
                duplicates,
                incomplete,
                arrivals.refused(),
                arrivals.unconfirmed(),
                differences.unchecked,
                recordsGone,
                List.copyOf(lost));
    }
}
