package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.ContentHash;
import io.antichain.schemas.registry.FramedValues;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What can be shown of a value of whatever kind: text as it is, a value in Confluent's wire format as JSON where the registry has
 * its Avro schema or JSON follows the id, other bytes by their length and the first of them. What is cut ends with 64 bits of a
 * hash of the whole, so that different values differ. For one thread.
 */
public final class PayloadText {
    /** A longer text is cut; what shows it cuts it further. */
    private static final int MOST_BYTES = 16_384;

    private static final int SHOWN_BYTES = 32;

    private static final int FRAME_BYTES = 5;

    private final FramedValues framed;

    /** @param framed decodes what is framed */
    public PayloadText(FramedValues framed) {
        this.framed = framed;
    }

    /** @param value null if the record has none: a delete */
    public String of(byte[] value) {
        if (value == null) {
            return "(deleted)";
        }
        return text(value, 0)
                .or(() -> isFramed(value) ? unframed(value) : Optional.empty())
                .orElseGet(() -> hex(value));
    }

    private static boolean isFramed(byte[] value) {
        return value.length > FRAME_BYTES && value[0] == 0;
    }

    private Optional<String> unframed(byte[] value) {
        if (value[FRAME_BYTES] == '{' || value[FRAME_BYTES] == '[') {
            Optional<String> json = text(value, FRAME_BYTES);
            if (json.isPresent()) {
                return json;
            }
        }
        return value.length > MOST_BYTES
                ? Optional.empty()
                : framed.text(value).map(text -> text.length() > MOST_BYTES ? cut(text, value) : text);
    }

    /** The bytes from an index on, if they are text. */
    private static Optional<String> text(byte[] value, int from) {
        boolean isCut = value.length - from > MOST_BYTES;
        ByteBuffer bytes = ByteBuffer.wrap(value, from, Math.min(value.length - from, MOST_BYTES));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        // Not the end of input where it is cut: a character may be cut in two.
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, !isCut);
        text.flip();
        if (result.isError() || isBinary(text)) {
            return Optional.empty();
        }
        return Optional.of(isCut ? cut(text, value) : text.toString());
    }

    private static String cut(CharSequence text, byte[] value) {
        return text.subSequence(0, Math.min(text.length(), MOST_BYTES)) + "… (" + value.length + " bytes, "
                + hash(value) + ")";
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
