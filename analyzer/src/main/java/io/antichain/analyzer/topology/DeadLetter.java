package io.antichain.analyzer.topology;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The record of the dead-letters topic: key, value and headers as read, and in headers of its own the reason
 * ({@code antichain.reason}, a word), the sentence ({@code antichain.sentence}) and the coordinates
 * ({@code antichain.topic}, {@code antichain.partition}, {@code antichain.offset}, numbers as text).
 *
 * <p>A value above {@link #MAX_BYTES} is cut there, with its whole length in {@code antichain.cut-from-bytes}.
 */
final class DeadLetter {
    /** What surely fits into a record under Kafka's default of 1 MiB, bytes. */
    static final int MAX_BYTES = 900_000;

    private static final int MAX_SENTENCE = 1_000;

    private DeadLetter() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, RecordMetadata metadata, Decoded.Undecodable undecodable) {
        Headers headers = new RecordHeaders(record.headers());
        String sentence = undecodable.sentence();
        put(headers, "reason", undecodable.reason());
        put(headers, "sentence", sentence.length() > MAX_SENTENCE ? sentence.substring(0, MAX_SENTENCE) : sentence);
        put(headers, "topic", metadata.topic());
        put(headers, "partition", Integer.toString(metadata.partition()));
        put(headers, "offset", Long.toString(metadata.offset()));
        byte[] value = record.value();
        if (value != null && value.length > MAX_BYTES) {
            put(headers, "cut-from-bytes", Integer.toString(value.length));
            value = Arrays.copyOf(value, MAX_BYTES);
        }
        return new Record<>(record.key(), value, record.timestamp(), headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove("antichain." + name);
        headers.add("antichain." + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
