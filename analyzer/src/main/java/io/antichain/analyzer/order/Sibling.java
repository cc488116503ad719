package io.antichain.analyzer.order;

import io.antichain.schemas.EventRef;

/** A maximal event of a key: one that no other event of the key has seen. */
sealed interface Sibling permits HeldSibling, PackedSibling {
    /** Its process number. */
    int process();

    long counter();

    /** What it knew of a process; nothing of one that was named since. */
    long entry(int other, ProcessTable processes);

    /** Null if there are no conditions on its pairs. */
    Traits traits();

    /** The event; of its clock, what is known still. */
    EventRef reference(ProcessTable processes, SourcePartitions sources);
}
