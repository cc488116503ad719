package io.antichain.benchmarks.clocks;

import com.hazelcast.cluster.impl.VectorClock;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.io.IOException;

/** What Hazelcast makes of a clock on the wire, by the clock's own methods, into a buffer and out of one. */
final class HazelcastBytes {
    private static final InternalSerializationService BUFFERS = new DefaultSerializationServiceBuilder().build();
    private static final int SIZE_BYTES = 4;
    private static final int ENTRY_BYTES = 24;

    private HazelcastBytes() {}

    static byte[] encoded(VectorClock clock) throws IOException {
        var out = BUFFERS.createObjectDataOutput(SIZE_BYTES + clock.entrySet().size() * ENTRY_BYTES);
        clock.writeData(out);
        return out.toByteArray();
    }

    static VectorClock decoded(byte[] bytes) throws IOException {
        VectorClock clock = new VectorClock();
        clock.readData(BUFFERS.createObjectDataInput(bytes));
        return clock;
    }
}
