package io.antichain.schemas.codec;

import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.DecodingException.Failure;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Events from records of any topic that carry their stamp in the header {@value StampHeader#NAME}, whatever their value is. */
public final class StampedRecords {
    private StampedRecords() {}

    /** The header that counts, the last of its name; null if there is none. */
    public static Header stamp(Headers headers) {
        return headers.lastHeader(StampHeader.NAME);
    }

    /** Whether the record carries several stamps that are not all the same. */
    public static boolean isRepeated(Headers headers) {
        byte[] first = null;
        for (Header header : headers.headers(StampHeader.NAME)) {
            if (first != null && !Arrays.equals(first, header.value())) {
                return true;
            }
            first = header.value();
        }
        return false;
    }

    /**
     * The event of a record.
     *
     * @param header what {@link #stamp} gave
     * @param key the record's key, null if it has none
     * @param payload what is shown of its value
     * @param timestampMs the record's timestamp, ms since 1970 UTC
     * @throws DecodingException with BROKEN_STAMP if the header holds no stamp, with INVALID_VALUE if the key is too long
     */
    public static Event event(Header header, byte[] key, String payload, long timestampMs) {
        Stamp stamp = read(header);
        Optional<String> text = KeyText.of(key);
        try {
            return new Event(
                    stamp.dot().process(),
                    stamp.dot().counter(),
                    Optional.of(stamp.clock()),
                    stamp.lamport(),
                    text,
                    payload,
                    timestampMs,
                    Event.Kind.MESSAGE);
        } catch (IllegalArgumentException e) {
            throw new DecodingException(Failure.INVALID_VALUE, e.getMessage(), e);
        }
    }

    private static Stamp read(Header header) {
        if (header.value() == null) {
            throw new DecodingException(
                    Failure.BROKEN_STAMP, "A stamp has bytes: header=" + StampHeader.NAME + ", value=null");
        }
        try {
            return StampHeader.read(header.value());
        } catch (IllegalArgumentException e) {
            throw new DecodingException(Failure.BROKEN_STAMP, e.getMessage(), e);
        }
    }
}
