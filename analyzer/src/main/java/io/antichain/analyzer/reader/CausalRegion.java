package io.antichain.analyzer.reader;

/** How other events stand to an event. */
public enum CausalRegion {
    /** They happened before it. */
    PAST,
    /** It happened before them. */
    FUTURE,
    /** Neither. */
    CONCURRENT
}
