package io.antichain.stamping.simulation;

/** A rule of the simulated clients that can be taken out, to see that the simulation notices. */
enum Rule {
    /** A counter is never given again, whatever becomes of the record. */
    COUNTER_GIVEN_ONCE,
    /** A counter is given in one step with the reading of the rest of the clock. */
    ONE_STEP,
    /** A record's clock is merged as the record is handed out, never a batch ahead. */
    ONE_BY_ONE,
    /** A life is a process: it has a number that no other life has. */
    A_LIFE_IS_A_PROCESS,
    /** A life takes over what is in the metadata of committed offsets. */
    METADATA,
    /** Where metadata is missing, a life takes over the tail before the committed offset. */
    INPUT_TAIL,
    /** A life takes over what lives of its name have published. */
    OUTPUT_TAIL,
    /** After a rebalance whoever goes on takes over what was known, as after a restart. */
    REBALANCE,
    /** An entry left out of stamps is kept in memory. */
    KEPT_IN_MEMORY,
    /** An entry is left out only when nothing has raised it for long. */
    LONG_ENOUGH
}
