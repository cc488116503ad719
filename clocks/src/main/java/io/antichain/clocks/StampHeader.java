package io.antichain.clocks;

import java.util.Base64;

/**
 * The header that carries a record's stamp: the bytes of {@link BinaryForm#encode(Stamp)}, or their base64 text, which a mirror
 * may have made of them (KAFKA-10428). The two are told apart by the first byte.
 */
public final class StampHeader {
    /** The header's name. Where it stands several times in a record, the last one counts. */
    public static final String NAME = "antichain-stamp";

    private static final int MAX_BASE64_BYTES = 4 * ((BinaryForm.MAX_STAMP_BYTES + 2) / 3);

    private StampHeader() {}

    /** Whether the header's value is base64 text: bytes that a mirror turned into it, or a writer that was told to. */
    public static boolean isBase64(byte[] value) {
        return value.length > 0 && value[0] != BinaryForm.STAMP;
    }

    /**
     * The stamp that a header's value holds.
     *
     * @throws IllegalArgumentException if it is neither an encoded stamp nor the base64 text of one, with the reason
     */
    public static Stamp read(byte[] value) {
        return BinaryForm.decodeStamp(bytes(value));
    }

    /**
     * The encoded stamp that a header's value holds: the value itself, or what its base64 text says.
     *
     * @throws IllegalArgumentException if it is text that is not base64
     */
    public static byte[] bytes(byte[] value) {
        if (!isBase64(value)) {
            return value;
        }
        try {
            return value.length > MAX_BASE64_BYTES ? value : Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A stamp is bytes that begin with 0x21, or their base64 text: header=" + NAME + ", bytes="
                            + value.length + "; the sender is broken, or the header is somebody else's",
                    e);
        }
    }
}
