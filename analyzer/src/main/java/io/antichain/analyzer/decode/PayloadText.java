package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.ContentHash;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What can be shown of a value of whatever kind: text as it is, other bytes by their length and the first of them. What is cut
 * ends with 64 bits of a hash of the whole, so that different values differ.
 */
public final class PayloadText {
    /** A longer text is cut; what shows it cuts it further. */
    private static final int MOST_BYTES = 16_384;

    private static final int SHOWN_BYTES = 32;

    private PayloadText() {}

    /** @param value null if the record has none: a delete */
    public static String of(byte[] value) {
        if (value == null) {
            return "(deleted)";
        }
        boolean isCut = value.length > MOST_BYTES;
        ByteBuffer bytes = ByteBuffer.wrap(value, 0, Math.min(value.length, MOST_BYTES));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        // Not the end of input where it is cut: a character may be cut in two.
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, !isCut);
        text.flip();
        if (result.isError() || isBinary(text)) {
            return hex(value);
        }
        return isCut ? text + "… (" + value.length + " bytes, " + hash(value) + ")" : text.toString();
    }

    private static boolean isBinary(CharSequence text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }

    private static String hex(byte[] value) {
        byte[] first = Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES));
        return value.length + " bytes: " + HexFormat.of().formatHex(first)
                + (first.length < value.length ? "… (" + hash(value) + ")" : "");
    }

    private static String hash(byte[] value) {
        return "hash " + HexFormat.of().toHexDigits(ContentHash.of(value));
    }
}
