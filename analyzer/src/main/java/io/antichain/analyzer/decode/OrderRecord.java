package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.order.Traits;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.Varints;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record of a topic that brings sources together, {@code order-all} or {@code order-key}: all that an engine needs of an event,
 * and where the event stands; or that retention deleted records of a source before they could be read.
 *
 * <p>The key is the event's key in UTF-8, null if it has none; the timestamp is the source record's, unless the topic has the
 * broker's. The value, version 1:
 *
 * <ol>
 *   <li>a byte with the version, and one with flags: 1 for a deletion, 2 for an event whose process may leave numbers out, 4 for
 *       one that says what conditions on pairs need to know of it;
 *   <li>the source's topic, in UTF-8 after its length, partition and offset, as varints ({@link Varints});
 *   <li>of a deletion, how many records at most, as a varint;
 *   <li>of an event, 8 bytes with the hash of its content, 8 with the time of its publication in ms since 1970 UTC, both
 *       big-endian; with flag 4, its traits after their length in bytes, a varint ({@link Traits#toBytes}); and its stamp as in the
 *       header, to the end.
 * </ol>
 *
 * @see io.antichain.clocks.BinaryForm
 */
public sealed interface OrderRecord {
    /** The version that is written, and the only one that is read. */
    byte VERSION = 1;

    /** The flag of a deletion. */
    int DELETED = 1;

    /** The flag of an event whose process may leave numbers out. */
    int LEAVES_OUT = 2;

    /** The flag of an event that says what conditions on pairs need to know of it. */
    int TRAITS = 4;

    /** An event, and where it stands. */
    record Placed(Message message) implements OrderRecord {}

    /** Retention deleted {@code records} before {@code at}, at most, that were not read. */
    record Deleted(Position at, long records) implements OrderRecord {}

    /** The record's key. */
    static byte[] key(Event event) {
        return event.key().map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** The value for an event that stands {@code at}; it has a vector clock. */
    static byte[] placed(Message message, Position at) {
        Event event = message.event();
        byte[] stamp = BinaryForm.encode(new Stamp(event.dot(), event.clock().orElseThrow(), event.lamport()));
        byte[] traits = message.traits().map(OrderRecord::withLength).orElse(new byte[0]);
        int flags = (message.mayLeaveNumbersOut() ? LEAVES_OUT : 0) | (traits.length > 0 ? TRAITS : 0);
        ByteBuffer value = begun(at, flags, 2 * Long.BYTES + traits.length + stamp.length);
        value.putLong(message.content())
                .putLong(event.publishedAtMs())
                .put(traits)
                .put(stamp);
        return value.array();
    }

    private static byte[] withLength(Traits traits) {
        byte[] bytes = traits.toBytes();
        byte[] both = new byte[Varints.length(bytes.length) + bytes.length];
        System.arraycopy(bytes, 0, both, Varints.put(both, 0, bytes.length), bytes.length);
        return both;
    }

    /** The value for a deletion. */
    static byte[] deleted(Position at, long records) {
        ByteBuffer value = begun(at, DELETED, Varints.length(records));
        Varints.put(value.array(), value.position(), records);
        return value.array();
    }

    private static ByteBuffer begun(Position at, int flags, int more) {
        byte[] topic = at.topic().getBytes(StandardCharsets.UTF_8);
        int length = 2
                + Varints.length(topic.length)
                + topic.length
                + Varints.length(at.partition())
                + Varints.length(at.offset());
        byte[] value = new byte[length + more];
        value[0] = VERSION;
        value[1] = (byte) flags;
        int end = Varints.put(value, 2, topic.length);
        System.arraycopy(topic, 0, value, end, topic.length);
        end = Varints.put(value, end + topic.length, at.partition());
        end = Varints.put(value, end, at.offset());
        return ByteBuffer.wrap(value).position(end);
    }

    /**
     * What a record says.
     *
     * @param key null if it has none
     * @throws IllegalArgumentException if the value is not of this form
     */
    static OrderRecord read(byte[] key, byte[] value) {
        if (value == null || value.length < 2 || value[0] != VERSION) {
            throw new IllegalArgumentException("A record that brings sources together begins with its version: version="
                    + (value == null || value.length == 0 ? "none" : "" + value[0]) + ", expected=" + VERSION
                    + "; only the analyzer writes these topics, read them with the version that wrote them");
        }
        try {
            return read(key, value, value[1]);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "A record that brings sources together is cut off: bytes=" + value.length
                            + "; only the analyzer writes these topics",
                    e);
        }
    }

    private static OrderRecord read(byte[] key, byte[] value, int flags) {
        int begin = Varints.after(value, 2);
        int length = (int) Math.min(value.length, Varints.get(value, 2));
        String topic = new String(value, begin, length, StandardCharsets.UTF_8);
        int at = begin + length;
        int partition = (int) Varints.get(value, at);
        at = Varints.after(value, at);
        Position position = new Position(topic, partition, Varints.get(value, at));
        at = Varints.after(value, at);
        if ((flags & DELETED) != 0) {
            return new Deleted(position, Varints.get(value, at));
        }
        ByteBuffer rest = ByteBuffer.wrap(value, at, value.length - at);
        long content = rest.getLong(at);
        long publishedAtMs = rest.getLong(at + Long.BYTES);
        at += 2 * Long.BYTES;
        Optional<Traits> traits = Optional.empty();
        if ((flags & TRAITS) != 0) {
            int from = Varints.after(value, at);
            at = from + (int) Math.min(value.length, Varints.get(value, at));
            traits = Optional.of(Traits.of(Arrays.copyOfRange(value, from, at)));
        }
        Stamp stamp = BinaryForm.decodeStamp(Arrays.copyOfRange(value, at, value.length));
        Event event = new Event(
                stamp.dot().process(),
                stamp.dot().counter(),
                Optional.of(stamp.clock()),
                stamp.lamport(),
                Optional.ofNullable(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                "",
                publishedAtMs,
                Event.Kind.MESSAGE);
        return new Placed(new Message(event, content, (flags & LEAVES_OUT) != 0, Optional.of(position), traits));
    }
}
