package io.antichain.benchmarks.clocks;

/** How the first clock of a pair relates to the second. */
public enum PairKind {
    /** The same entries. */
    EQUAL,
    /** Of the same processes, with a quarter of the first's entries lower. */
    BEFORE,
    /** As BEFORE, and the second knows one process that the first does not. */
    BEFORE_WIDER,
    /** Of the same processes, each lower in a quarter of the entries. */
    CONCURRENT,
    /** As CONCURRENT, and each knows one process that the other does not. */
    CONCURRENT_WIDER,
    /** Each of the others as often, in a random order: nothing can be predicted. */
    MIXED
}
