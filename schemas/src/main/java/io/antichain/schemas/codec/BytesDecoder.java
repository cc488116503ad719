package io.antichain.schemas.codec;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding over the bytes of one record, trusting no length: nothing is allocated for more than the bytes
 * that are left. Refuses with a {@link DecodingException}. Avro's own decoder takes its limits from system properties, for
 * the whole JVM, and reads malformed UTF-8 as other text.
 */
public final class BytesDecoder extends Decoder {
    /** The setting of deserializers that bounds how many items the maps and arrays of a record hold, all together. */
    public static final String MAX_ITEMS = "antichain.registry.max.collection.items";

    private final byte[] bytes;
    private final int maxItems;
    private int position;
    private long items;

    /**
     * Of one record.
     *
     * @param from the index of its first byte; it ends with the bytes
     * @param maxItems how many items its maps and arrays may hold, all together
     */
    public BytesDecoder(byte[] bytes, int from, int maxItems) {
        this.bytes = bytes;
        this.position = from;
        this.maxItems = maxItems;
    }

    /** Refuses bytes that go on after the record. */
    public void requireEnd() {
        if (position < bytes.length) {
            throw new DecodingException(
                    Failure.TRUNCATED,
                    "A record ends where its bytes end: length=" + bytes.length + ", left=" + (bytes.length - position)
                            + "; its writer's schema is not the one it names");
        }
    }

    /** The index of the next byte. */
    int position() {
        return position;
    }

    /** Goes back to a position. */
    void back(int before) {
        position = before;
    }

    /** Moves past the bytes [from, to) of others, if they come next; tells whether they do. */
    boolean skip(byte[] others, int from, int to) {
        int length = to - from;
        if (length > bytes.length - position) {
            return false;
        }
        for (int i = 0; i < length; i++) { // few bytes, which Arrays.equals would take longer for
            if (bytes[position + i] != others[from + i]) {
                return false;
            }
        }
        position += length;
        return true;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() {
        int start = take(1);
        if ((bytes[start] & ~1) != 0) {
            throw malformed("A boolean is 0 or 1", "byte=" + bytes[start]);
        }
        return bytes[start] == 1;
    }

    @Override
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("An int has 32 bits", "value=" + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        long zigzag = 0;
        int at = position;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= bytes.length) {
                position = at;
                throw ended("length=1");
            }
            int next = bytes[at++];
            if (shift == 63 && next != 1 && next != 0) {
                break;
            }
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                position = at;
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        position = at;
        throw malformed("A long has 64 bits", "position=" + position);
    }

    @Override
    public float readFloat() {
        return ByteBuffer.wrap(bytes, take(4), 4)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    @Override
    public double readDouble() {
        return ByteBuffer.wrap(bytes, take(8), 8)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) {
        return new Utf8(readString());
    }

    @Override
    public String readString() {
        return readString(length());
    }

    private String readString(int length) {
        int start = take(length);
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(start, length);
        }
        return text;
    }

    /** A string that is the written form of a process. */
    ProcessId readProcess() {
        int length = length();
        int start = take(length);
        ProcessId known = ProcessIds.known(bytes, start, length);
        if (known != null) {
            return known;
        }
        position = start;
        return ProcessIds.learn(bytes, start, length, readString(length));
    }

    @Override
    public void skipString() {
        take(length());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) {
        byte[] copy = new byte[length()];
        readFixed(copy, 0, copy.length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() {
        take(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) {
        take(length);
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return block(false);
    }

    @Override
    public long arrayNext() {
        return block(false);
    }

    @Override
    public long skipArray() {
        return block(true);
    }

    @Override
    public long readMapStart() {
        return block(false);
    }

    @Override
    public long mapNext() {
        return block(false);
    }

    @Override
    public long skipMap() {
        return block(true);
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    /** The next block's item count; 0 at the end. Blocks that tell their size are skipped whole when {@code skip} is set. */
    private long block(boolean skip) {
        while (true) {
            long count = readLong();
            if (count >= 0) {
                return counted(count);
            }
            if (count == Long.MIN_VALUE) {
                throw overLimit("items", count, maxItems);
            }
            int size = length();
            counted(-count);
            if (!skip) {
                return -count;
            }
            take(size);
        }
    }

    private long counted(long count) {
        if (count > maxItems - items) {
            throw overLimit("items", count, maxItems);
        }
        // An item of no bytes (null) is possible in a foreign schema; it has to be paid for all the same.
        if (count > bytes.length - position) {
            throw ended("items=" + count);
        }
        items += count;
        return count;
    }

    private int length() {
        long length = readLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw overLimit("length", length, bytes.length);
        }
        if (length > bytes.length - position) {
            throw ended("length=" + length);
        }
        return (int) length;
    }

    /** Where the next {@code length} bytes start; moves past them. */
    private int take(int length) {
        if (length > bytes.length - position) {
            throw ended("length=" + length);
        }
        int start = position;
        position += length;
        return start;
    }

    private void requireUtf8(int start, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
        } catch (CharacterCodingException notUtf8) {
            throw malformed("A string is UTF-8", "position=" + start);
        }
    }

    private DecodingException ended(String needed) {
        return new DecodingException(
                Failure.TRUNCATED,
                "A record's bytes hold all that they announce: " + needed + ", left=" + (bytes.length - position)
                        + "; the record was cut or is no Avro");
    }

    private static DecodingException overLimit(String name, long value, long limit) {
        return new DecodingException(
                Failure.OVER_LIMIT,
                "A record's " + name + " are 0 to " + limit + ": " + name + "=" + value
                        + "; the record is no Avro, or raise " + MAX_ITEMS);
    }

    private static DecodingException malformed(String rule, String found) {
        return new DecodingException(Failure.INVALID_VALUE, rule + ": " + found + "; the record's writer is broken");
    }
}
