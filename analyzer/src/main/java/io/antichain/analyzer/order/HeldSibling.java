package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.EventRef;

/**
 * A maximal event of a key that the window holds.
 *
 * @param process its process number
 * @param counter its counter
 * @param row its row
 */
record HeldSibling(int process, long counter, Rows rows, int row) implements Sibling {
    @Override
    public long entry(int other, ProcessTable processes) {
        return rows.entry(row, other);
    }

    @Override
    public Traits traits() {
        return rows.traits(row);
    }

    @Override
    public EventRef reference(ProcessTable processes, SourcePartitions sources) {
        long[] clock = new long[processes.size()];
        rows.clock(row, clock, clock.length);
        return new EventRef(
                new Dot(processes.process(process), counter),
                sources.named().get(rows.partition(row)).at(rows.offset(row)),
                processes.clock(clock),
                new LamportTimestamp(rows.keyed(row).lamport(row)),
                rows.keyed(row).publishedAtMs(row));
    }
}
