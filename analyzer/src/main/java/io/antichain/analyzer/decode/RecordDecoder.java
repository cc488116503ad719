package io.antichain.analyzer.decode;

import org.apache.kafka.common.header.Headers;

/** Turns the records of what an engine reads into events. */
@FunctionalInterface
public interface RecordDecoder {
    /**
     * Decodes one record; may wait for what it takes.
     *
     * @param key null if it has none
     * @param value null if it has none
     * @param timestampMs the record's timestamp, ms since 1970 UTC
     * @param hurried whether a transaction is open, which the broker ends after 10 s: then this waits for less than that
     * @throws RegistryAwaitedTooLongException if no registry answered within the patience; nothing is lost, the record will
     *     be read again
     */
    Decoded decode(String topic, byte[] key, byte[] value, Headers headers, long timestampMs, boolean hurried);
}
