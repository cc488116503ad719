package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Run;

/** {@link Run} and its wire form. */
final class RunCodec {
    private RunCodec() {}

    static io.antichain.wire.Run toWire(Run run) {
        return new io.antichain.wire.Run(
                run.process().toString(),
                run.partition(),
                run.firstCounter(),
                run.lastCounter(),
                run.firstOffset(),
                run.lastOffset(),
                run.length(),
                run.witness());
    }

    static Run fromWire(io.antichain.wire.Run run) {
        long first = Fields.between("firstCounter", run.getFirstCounter(), 1, Dot.MAX_COUNTER);
        long last = Fields.between("lastCounter", run.getLastCounter(), first, Dot.MAX_COUNTER);
        long firstOffset = Fields.offset("firstOffset", run.getFirstOffset());
        return new Run(
                ProcessIds.parse(run.getProcess()),
                Fields.partition(run.getPartition()),
                first,
                last,
                firstOffset,
                Fields.between("lastOffset", run.getLastOffset(), firstOffset, Long.MAX_VALUE),
                Fields.between("length", run.getLength(), 1, last - first + 1),
                Fields.between("witness", run.getWitness(), 0, Dot.MAX_COUNTER));
    }
}
