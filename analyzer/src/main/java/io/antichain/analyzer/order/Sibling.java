package io.antichain.analyzer.order;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import java.util.Arrays;

/**
 * A maximal event of a key, packed: it outlives the window, and there can be as many as there are keys.
 *
 * @param process its process number
 * @param counter its counter
 * @param freed how many process numbers had been freed when it was packed: what was named since stands for others
 * @param packed number of its partition, offset there, Lamport timestamp, time of publication, the clock by process number, and,
 *     where there are conditions on pairs, its traits
 */
record Sibling(int process, long counter, long freed, byte[] packed) {
    /** @param out what it is packed with, used again for each */
    static Sibling of(Arriving record, int process, long[] clock, ProcessTable processes, FrontierWriter out) {
        out.clear();
        out.number(record.partition());
        out.number(record.offset());
        out.number(record.event().lamport().value());
        out.number(record.event().publishedAtMs());
        for (int k = 0; k < processes.size(); k++) {
            if (clock[k] > 0) {
                out.number(k + 1);
                out.number(clock[k]);
            }
        }
        out.number(0);
        record.message().traits().ifPresent(traits -> out.bytes(traits.toBytes()));
        return new Sibling(process, record.counter(), processes.freed(), out.toBytes());
    }

    /** Whether its process has not been forgotten. */
    boolean isKnown(ProcessTable processes) {
        return processes.isSince(process, freed);
    }

    /** What it knew of a process; nothing of one that was named since. */
    long entry(int other, ProcessTable processes) {
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

    /** Null if there are no conditions on its pairs, or were none when it was packed. */
    Traits traits() {
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

    /** The event; of its clock, what is known still. */
    EventRef reference(ProcessTable processes, SourcePartitions sources) {
        FrontierReader in = new FrontierReader(packed);
        Position at = sources.named().get(in.count()).at(in.number());
        LamportTimestamp lamport = new LamportTimestamp(in.number());
        long publishedAtMs = in.number();
        ProcessId[] named = new ProcessId[8];
        long[] counters = new long[8];
        int size = 0;
        for (int number = in.count(); number > 0; number = in.count()) {
            long entry = in.number();
            if (processes.isSince(number - 1, freed)) {
                if (size == named.length) {
                    named = Arrays.copyOf(named, 2 * size);
                    counters = Arrays.copyOf(counters, 2 * size);
                }
                named[size] = processes.process(number - 1);
                counters[size++] = entry;
            }
        }
        VectorClock clock = VectorClock.of(Arrays.copyOf(named, size), Arrays.copyOf(counters, size));
        return new EventRef(new Dot(processes.process(process), counter), at, clock, lamport, publishedAtMs);
    }

    void write(FrontierWriter out) {
        out.number(process);
        out.number(counter);
        out.number(freed);
        out.bytes(packed);
    }

    static Sibling read(FrontierReader in) {
        return new Sibling(in.count(), in.number(), in.number(), in.bytes());
    }
}
