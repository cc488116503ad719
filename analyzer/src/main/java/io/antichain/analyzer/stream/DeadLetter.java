package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.Decoded;
import io.antichain.analyzer.reader.HeldDeadLetter;
import io.antichain.analyzer.reader.HeldEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The record of the dead-letters topic: key, value and headers as read, and in headers of its own the reason
 * ({@code antichain.reason}, a word), the sentence ({@code antichain.sentence}) and the coordinates
 * ({@code antichain.topic}, {@code antichain.partition}, {@code antichain.offset}, numbers as text).
 *
 * <p>A value above {@link #MAX_BYTES} is cut there, with its whole length in {@code antichain.cut-from-bytes}; a key above
 * 50,000 bytes likewise, in {@code antichain.key-cut-from-bytes}. Headers that are larger together are left out, with their
 * size in {@code antichain.dropped-header-bytes}.
 */
public final class DeadLetter {
    /** What the names of headers of its own begin with. */
    public static final String PREFIX = "antichain.";

    /** What surely fits into a record under Kafka's default of 1 MiB, bytes. */
    static final int MAX_BYTES = 900_000;

    /** For the key, and for the headers together, bytes. */
    private static final int MAX_SMALL_BYTES = 50_000;

    private static final int MAX_SENTENCE = 1_000;

    private DeadLetter() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, RecordMetadata metadata, Decoded.Undecodable undecodable) {
        Headers headers = kept(record.headers());
        String sentence = undecodable.sentence();
        put(headers, "reason", undecodable.reason());
        put(headers, "sentence", sentence.length() > MAX_SENTENCE ? sentence.substring(0, MAX_SENTENCE) : sentence);
        put(headers, "topic", metadata.topic());
        put(headers, "partition", Integer.toString(metadata.partition()));
        put(headers, "offset", Long.toString(metadata.offset()));
        byte[] key = cut(record.key(), MAX_SMALL_BYTES, "key-cut-from-bytes", headers);
        byte[] value = cut(record.value(), MAX_BYTES, "cut-from-bytes", headers);
        return new Record<>(key, value, record.timestamp(), headers);
    }

    /**
     * What the headers say, also where they are not of our making: a topic they do not name is empty, a partition or offset
     * -1, the reason UNKNOWN.
     */
    public static HeldDeadLetter.Letter read(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        return new HeldDeadLetter.Letter(
                text(headers, "reason", "UNKNOWN"),
                text(headers, "sentence", ""),
                new HeldEvent.Position(
                        text(headers, "topic", ""),
                        (int) number(headers, "partition", 9),
                        number(headers, "offset", 18)),
                Math.max(0, letter.serializedValueSize()),
                letter.timestamp());
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
        String text = new String(header.value(), StandardCharsets.UTF_8);
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
        put(none, "dropped-header-bytes", Long.toString(bytes));
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
