package io.antichain.analyzer.explanation;

import java.util.List;

/** A verdict with its proof: the clock entries that decide it, and a sentence that is made from nothing else. */
public sealed interface Explanation
        permits Relation, ReusedDot, ConcurrentRun, ResolvedSibling, IncompleteRecord, UnknownEvent, WithoutClock {
    /** The clock entries that decide the verdict; empty where no clock is needed or there is none. */
    List<ClockEntry> witness();

    /** The verdict and its proof, for people. */
    String sentence();
}
