package io.antichain.schemas.codec;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Reads an event straight from the bytes of a record that is written as this version writes it, for those who read many: without a
 * record and a map between. It gives what {@link WireCodec#fromWire(io.antichain.wire.Event)} gives of the record that Avro's own
 * reader makes of the bytes, and refuses what either of them refuses.
 */
public final class EventReader {
    private static final int ABSENT = 0;
    private static final int PRESENT = 1;
    private static final long OURS = SchemaNormalization.parsingFingerprint64(io.antichain.wire.Event.getClassSchema());
    private static final Event.Kind[] KINDS = {null, Event.Kind.MESSAGE, Event.Kind.HEARTBEAT, Event.Kind.LEAVE};

    private EventReader() {}

    /** Whether what is written in the schema has the same bytes as what this version writes. */
    public static boolean canRead(Schema writer) {
        return SchemaNormalization.parsingFingerprint64(writer) == OURS;
    }

    /**
     * The event that comes next.
     *
     * @throws DecodingException with the class of the failure
     */
    public static Event read(BytesDecoder in) {
        return Fields.checked("Event", in, EventReader::event);
    }

    private static Event event(BytesDecoder in) {
        ProcessId process = in.readProcess();
        long counter = in.readLong();
        Optional<VectorClock> clock = isPresent(in) ? Optional.of(clock(in, process)) : Optional.empty();
        LamportTimestamp lamport = new LamportTimestamp(in.readLong());
        Optional<String> key = isPresent(in) ? Optional.of(in.readString()) : Optional.empty();
        String payload = in.readString();
        long publishedAtMs = in.readLong();
        return new Event(process, counter, clock, lamport, key, payload, publishedAtMs, kind(in.readEnum()));
    }

    private static boolean isPresent(BytesDecoder in) {
        int branch = in.readIndex();
        if (branch != ABSENT && branch != PRESENT) {
            throw new DecodingException(
                    Failure.INVALID_VALUE,
                    "Event: a field is there or null: branch=" + branch + "; the record's writer is broken");
        }
        return branch == PRESENT;
    }

    private static Event.Kind kind(int symbol) {
        if (symbol < 0 || symbol >= KINDS.length) {
            throw new DecodingException(
                    Failure.INVALID_VALUE,
                    "Event: a kind is one of " + KINDS.length + ": kind=" + symbol + "; the record's writer is broken");
        }
        if (KINDS[symbol] == null) {
            throw Fields.unknownSymbol("kind");
        }
        return KINDS[symbol];
    }

    private static VectorClock clock(BytesDecoder in, ProcessId sender) {
        int more = (int) in.readMapStart();
        if (more == 0) {
            return VectorClock.empty();
        }
        VectorClock known = ClockKeys.read(in, sender, more);
        return known != null ? known : entries(in, sender, more);
    }

    private static VectorClock entries(BytesDecoder in, ProcessId sender, int firstBlock) {
        int size = 0;
        boolean isRising = true;
        long more = firstBlock;
        ProcessId[] processes = new ProcessId[firstBlock];
        long[] counters = new long[firstBlock];
        while (more > 0) {
            if (size + more > processes.length) {
                processes = Arrays.copyOf(processes, size + (int) more);
                counters = Arrays.copyOf(counters, size + (int) more);
            }
            for (; more > 0; more--) {
                processes[size] = in.readProcess();
                counters[size] = in.readLong();
                isRising &= size == 0 || processes[size - 1].compareTo(processes[size]) < 0;
                size++;
            }
            more = in.mapNext();
        }
        if (!isRising) {
            return unsorted(processes, counters);
        }
        VectorClock clock = VectorClock.of(processes, counters);
        if (clock.size() == firstBlock) {
            ClockKeys.remember(sender, clock);
        }
        return clock;
    }

    /** Whoever writes entries in no order may write one twice; the last counts, as in any map. */
    private static VectorClock unsorted(ProcessId[] processes, long[] counters) {
        Map<ProcessId, Long> entries = new LinkedHashMap<>();
        for (int i = 0; i < processes.length; i++) {
            entries.put(processes[i], counters[i]);
        }
        return VectorClock.of(entries);
    }
}
