package io.antichain.stamping.clock;

import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampEncoder;
import io.antichain.clocks.StampHeader;
import java.util.Base64;

/**
 * How stamps are written into headers.
 *
 * @param isBase64 whether as text, for clients or mirrors that take headers for text
 * @param maxBytes the longest header that is written
 */
public record HeaderForm(boolean isBase64, int maxBytes) {
    /**
     * The header's value.
     *
     * @param encoder which wrote the stamps before it; of the same process, if it is to save anything
     * @throws IllegalArgumentException if it is longer than {@code maxBytes}, or the clock has more than 1,000 entries
     */
    public byte[] write(StampEncoder encoder, Stamp stamp) {
        byte[] bytes = encoder.encode(stamp);
        byte[] value = isBase64 ? Base64.getEncoder().encode(bytes) : bytes;
        if (value.length > maxBytes) {
            throw new IllegalArgumentException(
                    "A stamp did not fit in its header: event=" + stamp.dot() + ", header="
                            + StampHeader.NAME + ", bytes=" + value.length + ", antichain.header.max.bytes=" + maxBytes
                            + ", processes=" + stamp.clock().size()
                            + "; raise the limit, or lower antichain.forget.ms so that processes that are gone leave the clock");
        }
        return value;
    }
}
