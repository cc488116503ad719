package io.antichain.cli.verify;

import io.antichain.schemas.Conflict;

/** Holds the records of one log against the definition. */
interface RecordCheck {
    /** Takes the one record of the event at {@code position}. */
    void take(int position, Conflict conflict);

    /** Looks for what no record says. No further record comes. */
    void finish();

    /** How many concurrent pairs there are; only when finished. */
    long concurrentPairs();

    /** How many of them lie beyond the window and are not reported; only when finished. */
    long beyond();
}
