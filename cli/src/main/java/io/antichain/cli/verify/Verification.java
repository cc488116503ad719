package io.antichain.cli.verify;

import io.antichain.clocks.Dot;
import java.util.List;

/**
 * The conflict records held against the definition.
 *
 * @param events how many events stand in the log and count
 * @param concurrentPairs how many unordered pairs of them, in scope, are concurrent by the definition
 * @param reportedPairs how many pairs the conflict records name
 * @param missing concurrent pairs that no record of the later event names, by dot (at most {@link #NAMED})
 * @param missingPairs how many those are
 * @param extra pairs that a record names wrongly or again, by dot (at most {@link #NAMED})
 * @param extraPairs how many those are
 * @param beyond concurrent pairs whose later event arrived beyond the window, and that are not reported
 * @param falselyComplete how many of the missing pairs lie beyond the window, where a record says that it is complete
 * @param duplicates records of an event that has a record already
 * @param incomplete records that say of themselves that they may lack something
 * @param refused events that the analyzer refused, for a reason that the log shows: they are left out
 * @param unconfirmed events that the analyzer refused or set aside for no reason that the log shows: they are not left out
 * @param unchecked pairs that records name of events that retention has deleted since, or that were repeated beyond the window
 * @param recordsGone whether the conflicts topic has lost its oldest records: these seem to be missing here
 * @param lost events of topics of several partitions that the analyzer has read, and has not brought together with the others
 */
public record Verification(
        long events,
        long concurrentPairs,
        long reportedPairs,
        List<Pair> missing,
        long missingPairs,
        List<Pair> extra,
        long extraPairs,
        long beyond,
        long falselyComplete,
        long duplicates,
        long incomplete,
        long refused,
        List<Dot> unconfirmed,
        long unchecked,
        boolean recordsGone,
        List<Dot> lost) {
    /** How many missing and extra pairs are named. */
    public static final int NAMED = 20;

    /**
     * An event and an earlier-arrived one.
     *
     * @param later the one that arrived later
     * @param earlier the other
     */
    public record Pair(Dot later, Dot earlier) {}

    /** Whether the records say what the definition says. */
    public boolean holds() {
        return missingPairs == 0 && extraPairs == 0 && duplicates == 0 && unconfirmed.isEmpty() && lost.isEmpty();
    }
}
