package io.antichain.analyzer.stream;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Records that are broken or lie, each made from a good one that stands before it in its lane, with what must be said of them. */
final class MutatedRecords {
    private static final Set<String> UNDECODABLE = Set.of("TRUNCATED", "OVER_LIMIT", "INVALID_VALUE");

    enum Mutation {
        BIT_FLIP,
        CUT_OFF,
        WRONG_ID,
        GIANT_MAP,
        LONG_STRING,
        ANNOUNCED_LENGTH,
        REPEATED,
        OTHER_CONTENT,
        OWN_ENTRY,
        FALLEN_CLOCK,
        FAR_COUNTER,
        NO_CLOCK,
        NO_AVRO
    }

    /**
     * A bad record.
     *
     * @param reasons one of these must be said of it
     * @param mayBeSilent whether it may also be taken for a sign of life that changes nothing, or be one of many
     */
    record Bad(Mutation mutation, byte[] value, Set<String> reasons, boolean mayBeSilent) {}

    private final AvroSerializer serializer;
    private final String topic;
    private final Random random;
    private final int oneTooLongIn;

    /** @param oneTooLongIn how many long strings there are for each that is over the limit of 4 MiB */
    MutatedRecords(AvroSerializer serializer, String topic, Random random, int oneTooLongIn) {
        this.oneTooLongIn = oneTooLongIn;
        this.serializer = serializer;
        this.topic = topic;
        this.random = random;
    }

    /** @param good an event that was read before; {@code latest} the last one of its lane, which may be the same */
    Bad from(Event good, Event latest) throws IOException {
        Mutation[] all = EnumSet.allOf(Mutation.class).toArray(new Mutation[0]);
        Mutation mutation = all[random.nextInt(all.length)];
        return switch (mutation) {
            case BIT_FLIP -> flipped(good);
            case CUT_OFF -> cut(bytes(good));
            case WRONG_ID -> wrongId(bytes(good));
            case GIANT_MAP -> bad(mutation, wide(latest), "CLOCK_TOO_WIDE");
            case LONG_STRING -> longString(good);
            case ANNOUNCED_LENGTH -> announced(bytes(good));
            case REPEATED -> repeated(good);
            case OTHER_CONTENT -> bad(mutation, bytes(changed(good, good.counter(), "other")), "DOT_REUSED");
            case OWN_ENTRY -> bad(mutation, bytes(mismatched(good)), "OWN_ENTRY_MISMATCH");
            case FALLEN_CLOCK -> fallen(latest);
            case FAR_COUNTER ->
                bad(mutation, bytes(changed(latest, latest.counter() + 5_000_000, "far")), "CLOCK_TOO_FAR");
            case NO_CLOCK -> new Bad(mutation, bytes(clockless(good)), Set.of("NO_VECTOR_CLOCK"), true);
            case NO_AVRO -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                noise[0] = (byte) (1 + random.nextInt(255));
                yield bad(mutation, noise, "NOT_FRAMED");
            }
        };
    }

    private static Bad bad(Mutation mutation, byte[] value, String... reasons) {
        return new Bad(mutation, value, new TreeSet<>(Arrays.asList(reasons)), false);
    }

    private Bad cut(byte[] value) {
        int length = random.nextInt(value.length);
        return bad(Mutation.CUT_OFF, Arrays.copyOf(value, length), length < 5 ? "NOT_FRAMED" : "TRUNCATED");
    }

    private Bad wrongId(byte[] value) {
        ByteBuffer.wrap(value).putInt(1, 1_000 + random.nextInt(100));
        return bad(Mutation.WRONG_ID, value, "UNKNOWN_ID");
    }

    private byte[] wide(Event latest) {
        Map<ProcessId, Long> entries =
                new HashMap<>(latest.clock().orElseThrow().entries());
        for (int i = 0; i < 1_001; i++) {
            entries.put(ProcessId.of("stranger-" + i), 1L);
        }
        return bytes(with(latest, latest.counter(), VectorClock.of(entries), latest.payload()));
    }

    private Bad longString(Event good) {
        boolean beyondLimit = random.nextInt(oneTooLongIn) == 0;
        String payload = "x".repeat(beyondLimit ? 4 << 20 : 10_000);
        byte[] value = bytes(changed(good, good.counter(), payload));
        return beyondLimit
                ? bad(Mutation.LONG_STRING, value, "OVER_LIMIT")
                : bad(Mutation.LONG_STRING, value, "DOT_REUSED");
    }

    /** A first string that announces two thousand million bytes. */
    private static Bad announced(byte[] value) {
        byte[] announcing = Arrays.copyOf(value, value.length);
        byte[] length = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(length, 0, announcing, 5, length.length);
        return new Bad(Mutation.ANNOUNCED_LENGTH, announcing, UNDECODABLE, false);
    }

    private Event mismatched(Event good) {
        Map<ProcessId, Long> entries = new HashMap<>(good.clock().orElseThrow().entries());
        entries.put(good.process(), good.counter() + 1 + random.nextInt(9));
        return with(good, good.counter(), VectorClock.of(entries), good.payload());
    }

    private Bad fallen(Event latest) {
        Map<ProcessId, Long> entries =
                new HashMap<>(latest.clock().orElseThrow().entries());
        entries.put(latest.process(), latest.counter() + 1);
        boolean fell = false;
        for (Map.Entry<ProcessId, Long> entry : entries.entrySet()) {
            if (!entry.getKey().equals(latest.process()) && entry.getValue() > 1) {
                entry.setValue(1L); // what is left out altogether is no fall
                fell = true;
            }
        }
        return fell
                ? bad(
                        Mutation.FALLEN_CLOCK,
                        bytes(with(latest, latest.counter() + 1, VectorClock.of(entries), "fallen")),
                        "CLOCK_REGRESSED")
                : repeated(latest);
    }

    /** Written once a process and minute. */
    private Bad repeated(Event event) {
        return new Bad(Mutation.REPEATED, bytes(event), Set.of("DUPLICATE"), true);
    }

    private static Event clockless(Event good) {
        return new Event(
                good.process(),
                good.counter(),
                Optional.empty(),
                good.lamport(),
                good.key(),
                good.payload(),
                0,
                good.kind());
    }

    private static Event changed(Event good, long counter, String payload) {
        Map<ProcessId, Long> entries = new HashMap<>(good.clock().orElseThrow().entries());
        entries.put(good.process(), counter);
        return with(good, counter, VectorClock.of(entries), payload);
    }

    private static Event with(Event good, long counter, VectorClock clock, String payload) {
        return new Event(
                good.process(), counter, Optional.of(clock), good.lamport(), good.key(), payload, 0, good.kind());
    }

    private byte[] bytes(Event event) {
        return serializer.serialize(topic, WireCodec.toWire(event));
    }

    /** What must be said of it follows from Avro's own decoder. */
    private Bad flipped(Event good) throws IOException {
        byte[] value = bytes(good);
        int bit = random.nextInt(8 * value.length);
        value[bit / 8] ^= (byte) (1 << (bit % 8));
        if (bit < 8) {
            return bad(Mutation.BIT_FLIP, value, "NOT_FRAMED");
        }
        if (bit < 40) {
            Set<String> reasons = new TreeSet<>(UNDECODABLE);
            reasons.addAll(Set.of("UNKNOWN_ID", "WRONG_SCHEMA"));
            return new Bad(Mutation.BIT_FLIP, value, reasons, false);
        }
        GenericRecord decoded = decoded(value);
        if (decoded == null) {
            return new Bad(Mutation.BIT_FLIP, value, UNDECODABLE, false);
        }
        Set<String> reasons = new TreeSet<>(Set.of("INVALID_VALUE"));
        if (decoded.get("clock") == null) {
            reasons.add("NO_VECTOR_CLOCK");
            return new Bad(Mutation.BIT_FLIP, value, reasons, true);
        }
        boolean isMessage = decoded.get("kind").toString().equals("MESSAGE");
        Object own = ((Map<?, ?>) decoded.get("clock")).get(decoded.get("process"));
        long entry = own == null ? 0 : (Long) own;
        reasons.addAll(
                entry != (Long) decoded.get("counter")
                        ? Set.of("OWN_ENTRY_MISMATCH")
                        : isMessage ? Set.of("DUPLICATE", "DOT_REUSED") : Set.of("CLOCK_REGRESSED", "CLOCK_TOO_FAR"));
        return new Bad(Mutation.BIT_FLIP, value, reasons, !isMessage || reasons.contains("DUPLICATE"));
    }

    private static GenericRecord decoded(byte[] value) throws IOException {
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
            GenericRecord decoded =
                    new GenericDatumReader<GenericRecord>(io.antichain.wire.Event.getClassSchema()).read(null, decoder);
            return decoder.isEnd() ? decoded : null;
        } catch (IOException | RuntimeException broken) {
            return null;
        }
    }
}
