package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;

/**
 * A maximal event of a key that has left the window, packed: there can be as many as there are keys.
 *
 * @param process its process number
 * @param counter its counter
 * @param freed how many process numbers had been freed when it was packed: what was named since stands for others
 * @param packed number of its partition, offset there, Lamport timestamp, time of publication, the clock by process number, and,
 *     where there are conditions on pairs, its traits
 */
record PackedSibling(int process, long counter, long freed, byte[] packed) implements Sibling {
    /**
     * Packs the event of a row.
     *
     * @param out what it is packed with, used again for each
     */
    static PackedSibling of(Rows rows, int row, ProcessTable processes, FrontierWriter out) {
        out.clear();
        out.number(rows.partition(row));
        out.number(rows.offset(row));
        out.number(rows.keyed(row).lamport(row));
        out.number(rows.keyed(row).publishedAtMs(row));
        for (int k = 0; k < processes.size(); k++) {
            long entry = rows.entry(row, k);
            if (entry > 0) {
                out.number(k + 1);
                out.number(entry);
            }
        }
        out.number(0);
        Traits traits = rows.traits(row);
        if (traits != null) {
            out.bytes(traits.toBytes());
        }
        return new PackedSibling(rows.process(row), rows.counter(row), processes.freed(), out.toBytes());
    }

    /** Whether its process has not been forgotten. */
    boolean isKnown(ProcessTable processes) {
        return processes.isSince(process, freed);
    }

    @Override
    public long entry(int other, ProcessTable processes) {
        if (!processes.isSince(other, freed)) {
            return 0;
        }
        FrontierReader in = new FrontierReader(packed);
        skipPlace(in);
        for (int number = in.count(); number > 0; number = in.count()) {
            long entry = in.number();
            if (number - 1 == other) {
                return entry;
            }
        }
        return 0;
    }

    /** Null too if there were no conditions when it was packed. */
    @Override
    public Traits traits() {
        FrontierReader in = new FrontierReader(packed);
        skipPlace(in);
        while (in.number() > 0) {
            in.number();
        }
        return in.isAtEnd() ? null : Traits.of(in.bytes());
    }

    private static void skipPlace(FrontierReader in) {
        for (int i = 0; i < 4; i++) {
            in.number();
        }
    }

    int partition() {
        return new FrontierReader(packed).count();
    }

    long offset() {
        FrontierReader in = new FrontierReader(packed);
        in.number();
        return in.number();
    }

    @Override
    public EventRef reference(ProcessTable processes, SourcePartitions sources) {
        FrontierReader in = new FrontierReader(packed);
        Position at = sources.named().get(in.count()).at(in.number());
        LamportTimestamp lamport = new LamportTimestamp(in.number());
        long publishedAtMs = in.number();
        long[] clock = new long[processes.size()];
        for (int number = in.count(); number > 0; number = in.count()) {
            long entry = in.number();
            if (processes.isSince(number - 1, freed)) {
                clock[number - 1] = entry;
            }
        }
        return new EventRef(
                new Dot(processes.process(process), counter), at, processes.clock(clock), lamport, publishedAtMs);
    }

    void write(FrontierWriter out) {
        out.number(process);
        out.number(counter);
        out.number(freed);
        out.bytes(packed);
    }

    static PackedSibling read(FrontierReader in) {
        return new PackedSibling(in.count(), in.number(), in.number(), in.bytes());
    }
}
