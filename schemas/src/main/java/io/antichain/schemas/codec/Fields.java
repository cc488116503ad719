package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.util.function.Function;

/** The ranges of single fields, and the one place where a refusal becomes a {@link DecodingException}. */
final class Fields {
    private Fields() {}

    /** The domain types' own refusals already give rule, value and advice; only the record's name is missing. */
    static <W, T> T checked(String record, W wire, Function<W, T> fromWire) {
        try {
            return fromWire.apply(wire);
        } catch (IllegalArgumentException | ArithmeticException refusal) {
            throw new DecodingException(Failure.INVALID_VALUE, record + ": " + refusal.getMessage(), refusal);
        }
    }

    static int partition(int partition) {
        if (partition < 0) {
            throw new IllegalArgumentException(
                    "A partition is 0 or more: partition=" + partition + "; the record's writer is broken");
        }
        return partition;
    }

    static long offset(String name, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException(
                    "An offset is 0 or more: " + name + "=" + offset + "; the record's writer is broken");
        }
        return offset;
    }

    static long between(String name, long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw new IllegalArgumentException("A run's " + name + " is " + least + " to "
                    + (greatest == Dot.MAX_COUNTER ? "2^53 - 1" : greatest) + ": " + name + "=" + value
                    + "; the record's writer is broken");
        }
        return value;
    }

    static IllegalArgumentException unknownSymbol(String name) {
        return new IllegalArgumentException("A record's " + name + " is one that this version knows: " + name
                + "=UNKNOWN; read it with the version that wrote it, or a newer one");
    }
}
