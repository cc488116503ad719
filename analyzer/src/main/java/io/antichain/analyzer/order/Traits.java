package io.antichain.analyzer.order;

import java.util.Arrays;

/**
 * What conditions on pairs need to know of an event: two events are a pair that counts if neither is left out, what must be the
 * same is, and all that must differ does. What is compared is 64 bits of a hash.
 *
 * <p>Traits found under other conditions, or none, say nothing: then a pair counts, so that none is lost.
 */
public final class Traits {
    private static final long[] LEFT_OUT = {};

    private final long conditions;
    /** The hash of all that must be the same, then of each that must differ; empty if the event is in no pair that counts. */
    private final long[] values;

    private Traits(long conditions, long[] values) {
        this.conditions = conditions;
        this.values = values;
    }

    /**
     * Those of an event that can be in pairs.
     *
     * @param conditions the hash of the conditions
     * @param same the hash of all that must be the same in both events
     * @param different the hashes of all that must differ, in the order of the conditions
     */
    public static Traits of(long conditions, long same, long... different) {
        long[] values = new long[1 + different.length];
        values[0] = same;
        System.arraycopy(different, 0, values, 1, different.length);
        return new Traits(conditions, values);
    }

    /** Those of an event that is in no pair that counts. */
    public static Traits leftOut(long conditions) {
        return new Traits(conditions, LEFT_OUT);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws IllegalArgumentException if it gave something else
     */
    public static Traits of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException("Traits are numbers of 8 bytes: length=" + bytes.length);
        }
        long[] values = new long[bytes.length / Long.BYTES - 1];
        Arrays.setAll(values, i -> number(bytes, i + 1));
        return new Traits(number(bytes, 0), values);
    }

    /** 8 bytes big-endian for each number: the conditions' hash, then the values. */
    public byte[] toBytes() {
        byte[] bytes = new byte[Long.BYTES * (1 + values.length)];
        put(bytes, 0, conditions);
        for (int i = 0; i < values.length; i++) {
            put(bytes, i + 1, values[i]);
        }
        return bytes;
    }

    private static long number(byte[] bytes, int index) {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | bytes[index * Long.BYTES + i] & 0xFF;
        }
        return number;
    }

    private static void put(byte[] bytes, int index, long number) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[index * Long.BYTES + i] = (byte) (number >>> Byte.SIZE * (Long.BYTES - 1 - i));
        }
    }

    /**
     * Whether two concurrent events are a pair that counts.
     *
     * @param one null if there are no conditions on it
     * @param other null if there are no conditions on it
     */
    public static boolean arePair(Traits one, Traits other) {
        if (one == null || other == null || one.conditions != other.conditions) {
            return true;
        }
        if (one.values.length == 0 || other.values.length == 0 || one.values[0] != other.values[0]) {
            return false;
        }
        for (int i = 1; i < one.values.length; i++) {
            if (one.values[i] == other.values[i]) {
                return false;
            }
        }
        return true;
    }

    /** The memory it takes, at most. */
    long bytes() {
        return 40 + 8L * values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Traits that && conditions == that.conditions && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(conditions) + Arrays.hashCode(values);
    }
}
