package io.antichain.schemas.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/** Avro's binary encoding into an array that grows; {@link BytesDecoder} reads it. Avro's own takes a stream, and its lock per byte. */
public final class BytesEncoder extends BinaryEncoder {
    private static final int MOST_BYTES_OF_A_LONG = 10;

    private byte[] bytes;
    private int size;

    /**
     * One that has written something already.
     *
     * @param head what stands before the record
     * @param room how many bytes the record may well take
     */
    public BytesEncoder(byte[] head, int room) {
        this.bytes = Arrays.copyOf(head, head.length + room);
        this.size = head.length;
    }

    /** All that was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** How many bytes were written. */
    int size() {
        return size;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        room(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        writeLong(value);
    }

    @Override
    public void writeLong(long value) {
        room(MOST_BYTES_OF_A_LONG);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    @Override
    public void writeFloat(float value) {
        room(Float.BYTES);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    @Override
    public void writeDouble(double value) {
        room(Double.BYTES);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    @Override
    public void writeString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeLong(utf8.length);
        writeFixed(utf8, 0, utf8.length);
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        room(length);
        System.arraycopy(value, start, bytes, size, length);
        size += length;
    }

    @Override
    public void writeFixed(ByteBuffer value) {
        room(value.remaining());
        int length = value.remaining();
        value.duplicate().get(bytes, size, length);
        size += length;
    }

    @Override
    protected void writeZero() {
        writeLong(0);
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {}
}
