package io.antichain.schemas.codec;

import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The record of the dead-letters topic: key, value and headers as read, and in headers of its own the reason
 * ({@code antichain.reason}, a word), the sentence ({@code antichain.sentence}) and the coordinates
 * ({@code antichain.topic}, {@code antichain.partition}, {@code antichain.offset}, numbers as text).
 *
 * <p>A value above {@link #MAX_BYTES} is cut there, with its whole length in {@code antichain.cut-from-bytes}; a key above
 * 50,000 bytes likewise, in {@code antichain.key-cut-from-bytes}. Headers that are larger together are left out, with their
 * size in {@code antichain.dropped-header-bytes}.
 */
public final class DeadLetterHeaders {
    /** What the names of headers of its own begin with. */
    public static final String PREFIX = "antichain.";

    /** What surely fits into a record under Kafka's default of 1 MiB, bytes. */
    public static final int MAX_BYTES = 900_000;

    /** For the key, and for the headers together, bytes. */
    private static final int MAX_SMALL_BYTES = 50_000;

    private static final int MAX_SENTENCE = 1_000;
    private static final String VALUE_CUT = "cut-from-bytes";
    private static final String KEY_CUT = "key-cut-from-bytes";
    private static final String DROPPED = "dropped-header-bytes";

    private DeadLetterHeaders() {}

    /** What is written of a record that could not be decoded. */
    public record Written(byte[] key, byte[] value, Headers headers) {}

    /**
     * What is written of a record that could not be decoded.
     *
     * @param key as read; null if there is none
     * @param value as read; null if there is none
     */
    public static Written write(DeadLetter letter, byte[] key, byte[] value, Headers original) {
        Headers headers = kept(original);
        put(headers, "reason", letter.reason());
        put(headers, "sentence", shortened(letter.sentence()));
        put(headers, "topic", letter.position().topic());
        put(headers, "partition", Integer.toString(letter.position().partition()));
        put(headers, "offset", Long.toString(letter.position().offset()));
        byte[] keptKey = cut(key, MAX_SMALL_BYTES, KEY_CUT, headers);
        byte[] keptValue = cut(value, MAX_BYTES, VALUE_CUT, headers);
        return new Written(keptKey, keptValue, headers);
    }

    /**
     * What the headers say, also where they are not of our making: a topic they do not name is empty, a partition or offset
     * -1, the reason UNKNOWN.
     */
    public static DeadLetter read(Headers headers) {
        return new DeadLetter(
                text(headers, "reason", "UNKNOWN"),
                text(headers, "sentence", ""),
                new Position(
                        text(headers, "topic", ""),
                        (int) number(headers, "partition", 9),
                        number(headers, "offset", 18)));
    }

    /** Whether a part of the record was cut or left out, so that it cannot be fed back as it was. */
    public static boolean isCut(Headers headers) {
        return Stream.of(VALUE_CUT, KEY_CUT, DROPPED).anyMatch(cut -> headers.lastHeader(PREFIX + cut) != null);
    }

    private static long number(Headers headers, String name, int mostDigits) {
        String text = text(headers, name, "");
        return text.matches("[0-9]{1," + mostDigits + "}") ? Long.parseLong(text) : -1;
    }

    private static String text(Headers headers, String name, String absent) {
        Header header = headers.lastHeader(PREFIX + name);
        if (header == null || header.value() == null) {
            return absent;
        }
        return shortened(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > MAX_SENTENCE ? text.substring(0, MAX_SENTENCE) : text;
    }

    /** The headers as read, unless they are too large. */
    private static Headers kept(Headers original) {
        long bytes = 0;
        for (Header header : original) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        if (bytes <= MAX_SMALL_BYTES) {
            return new RecordHeaders(original);
        }
        Headers none = new RecordHeaders();
        put(none, DROPPED, Long.toString(bytes));
        return none;
    }

    private static byte[] cut(byte[] bytes, int most, String name, Headers headers) {
        if (bytes == null || bytes.length <= most) {
            return bytes;
        }
        put(headers, name, Integer.toString(bytes.length));
        return Arrays.copyOf(bytes, most);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
