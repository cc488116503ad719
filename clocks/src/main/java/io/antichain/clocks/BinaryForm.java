package io.antichain.clocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The compact bytes of a clock, a dot or a stamp, for places where each byte counts, such as the headers of a record.
 *
 * <p>Each value has exactly one encoding, and decoding accepts no other, so encodings may be compared instead of values.
 * Numbers are varints: 7 bits a byte, the lowest first, the high bit set in all bytes but the last. The first byte is the
 * format: {@code 0x01} a clock, {@code 0x11} a dot, {@code 0x21} a stamp, all of version 1.
 *
 * <ol>
 *   <li>A clock: the format, the number of entries, then each entry, in the order of the process ids. None is 0.
 *   <li>An entry: how many bytes its name shares with the name before; twice the number of further bytes, plus 1 if
 *       an incarnation above 0 follows; these bytes of the name (UTF-8); the incarnation if any; the counter.
 *   <li>A dot: the format and one entry that shares nothing.
 *   <li>A stamp: the format; a byte of flags, 0 in this version, whose bits may mean something later that old readers need not
 *       know; the Lamport timestamp; the index, from 0, of the event's process among the clock's entries; then the clock
 *       without its format. The dot is that entry.
 * </ol>
 *
 * <p>Bounds: a clock of n processes, whose names have at most b bytes, takes at most 3 + n · (b + 17) bytes, and with up to
 * {@link #MAX_ENTRIES} processes and any names at most {@link #MAX_CLOCK_BYTES}, which fits in a record of Kafka's default
 * size; a dot takes at most {@link #MAX_DOT_BYTES}. Names that begin alike, and small counters, take 4 to 6 bytes an
 * entry. The
 * theory leaves no less than one number a process (Charron-Bost, "Concerning the Size of Logical Clocks in Distributed
 * Systems", 1991); what is saved here is in how they are written.
 *
 * <pre>{@code
 * byte[] bytes = BinaryForm.encode(VectorClock.parse("{node-1=5, node-2=300}"));
 * assert bytes.length == 16 && BinaryForm.decodeClock(bytes).toString().equals("{node-1=5, node-2=300}");
 * }</pre>
 */
public final class BinaryForm {
    /** The most entries of a clock that has a binary form: 1,000. */
    public static final int MAX_ENTRIES = 1_000;

    /** The longest encoded clock: 1,000 entries whose names share nothing and have 747 bytes each. */
    public static final int MAX_CLOCK_BYTES = 764_003;

    /** The longest encoded dot. */
    public static final int MAX_DOT_BYTES = 764;

    /** The longest encoded stamp: the longest clock, a byte of flags, a timestamp and an index. */
    public static final int MAX_STAMP_BYTES = MAX_CLOCK_BYTES + 11;

    private static final byte CLOCK = 0x01;
    private static final byte DOT = 0x11;
    static final byte STAMP = 0x21;
    private static final byte NO_FLAGS = 0;

    private BinaryForm() {}

    /**
     * The bytes of a clock.
     *
     * @throws IllegalArgumentException if it has more than {@link #MAX_ENTRIES} entries
     */
    public static byte[] encode(VectorClock clock) {
        BytesOut out = new BytesOut(CLOCK, 1 + Varints.length(clock.size()) + clock.entriesLength());
        write(clock, out);
        return out.bytes();
    }

    /**
     * The bytes of a stamp.
     *
     * @throws IllegalArgumentException if its clock has more than {@link #MAX_ENTRIES} entries
     */
    public static byte[] encode(Stamp stamp) {
        VectorClock clock = stamp.clock();
        long lamport = stamp.lamport().value();
        int own = clock.indexOf(stamp.dot().process());
        int length = 2 + Varints.length(lamport) + Varints.length(own) + Varints.length(clock.size());
        BytesOut out = new BytesOut(STAMP, length + clock.entriesLength());
        out.number(NO_FLAGS);
        out.number(lamport);
        out.number(own);
        write(clock, out);
        return out.bytes();
    }

    private static void write(VectorClock clock, BytesOut out) {
        if (clock.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("An encoded clock has at most " + MAX_ENTRIES + " entries: entries="
                    + clock.size() + "; send it in another form");
        }
        out.number(clock.size());
        clock.writeEntries(out);
    }

    /** The bytes of a dot. */
    public static byte[] encode(Dot dot) {
        BytesOut out = new BytesOut(DOT, dot.process().name().length() + 16);
        out.entry(dot.process(), dot.counter());
        return out.bytes();
    }

    /**
     * The clock that {@code bytes} encode.
     *
     * @throws IllegalArgumentException if they are not exactly what {@link #encode(VectorClock)} gives, with the reason and
     *     the position of the fault
     */
    public static VectorClock decodeClock(byte[] bytes) {
        BytesIn in = new BytesIn(bytes, MAX_CLOCK_BYTES, CLOCK, "clock");
        VectorClock clock = clock(in, 0);
        in.end();
        return clock;
    }

    /**
     * The stamp that {@code bytes} encode. Flags that this version does not know are passed over.
     *
     * @throws IllegalArgumentException if they are not what {@link #encode(Stamp)} gives, with the reason and the position of
     *     the fault
     */
    public static Stamp decodeStamp(byte[] bytes) {
        BytesIn in = new BytesIn(bytes, MAX_STAMP_BYTES, STAMP, "stamp");
        in.number(127, "flags");
        LamportTimestamp lamport = new LamportTimestamp(in.number(LamportTimestamp.MAX_VALUE, "lamport"));
        int own = (int) in.number(MAX_ENTRIES - 1, "own");
        VectorClock clock = clock(in, own);
        in.end();
        if (own >= clock.size()) {
            throw in.refused("the event's process is one of the clock's entries", "own", own);
        }
        return new Stamp(clock.dot(own), clock, lamport);
    }

    private static VectorClock clock(BytesIn in, int own) {
        int size = (int) in.number(MAX_ENTRIES, "entries");
        in.atLeast(size * BytesIn.MIN_ENTRY_BYTES);
        for (int before = 0; before < ProcessSet.LASTS; before++) {
            ProcessSet last = ProcessSet.lastOf(size, own, before);
            long[] known = last == null ? null : in.counters(last.heads());
            if (known != null) {
                return new VectorClock(last, known);
            }
        }
        ProcessId[] processes = new ProcessId[size];
        long[] counters = new long[size];
        for (int i = 0; i < size; i++) {
            processes[i] = in.process();
            counters[i] = in.counter();
            if (i > 0 && processes[i - 1].compareTo(processes[i]) >= 0) {
                throw in.refused("entries stand in the order of their processes, each once", "process", processes[i]);
            }
        }
        ProcessSet set = ProcessSet.of(processes);
        set.isLastOf(size, own);
        return new VectorClock(set, counters);
    }

    /**
     * The dot that {@code bytes} encode.
     *
     * @throws IllegalArgumentException if they are not exactly what {@link #encode(Dot)} gives, with the reason and the
     *     position of the fault
     */
    public static Dot decodeDot(byte[] bytes) {
        BytesIn in = new BytesIn(bytes, MAX_DOT_BYTES, DOT, "dot");
        Dot dot = new Dot(in.process(), in.counter());
        in.end();
        return dot;
    }

    /** How many bytes two names begin with in common. */
    static int shared(byte[] name, byte[] other) {
        int mismatch = Arrays.mismatch(name, other);
        return mismatch < 0 ? name.length : mismatch;
    }

    static byte[] utf8(ProcessId process) {
        return process.name().getBytes(StandardCharsets.UTF_8);
    }
}
