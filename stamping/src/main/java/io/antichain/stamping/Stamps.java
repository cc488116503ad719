package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Stamps in the headers of records. */
final class Stamps {
    private Stamps() {}

    /**
     * What the headers say.
     *
     * @param stamp the stamp, if there is one and it can be read
     * @param fault why it cannot be read, empty if nothing is wrong
     */
    record Found(Optional<Stamp> stamp, Optional<IllegalArgumentException> fault) {
        private static final Found NONE = new Found(Optional.empty(), Optional.empty());
    }

    /** The last header of the name counts. */
    static Found read(Headers headers) {
        Header header = headers.lastHeader(StampHeader.NAME);
        if (header == null || header.value() == null) {
            return Found.NONE;
        }
        try {
            return new Found(Optional.of(StampHeader.read(header.value())), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Found(Optional.empty(), Optional.of(e));
        }
    }

    /** A copy of the record with this stamp, and without those that its headers may have brought along from another record. */
    static <K, V> ProducerRecord<K, V> stamped(ProducerRecord<K, V> record, byte[] stamp) {
        return copy(record, List.of(new StampedHeader(stamp)));
    }

    /** The record without a stamp: a copy if it brought one along from another record, else itself. */
    static <K, V> ProducerRecord<K, V> unstamped(ProducerRecord<K, V> record) {
        return record.headers().lastHeader(StampHeader.NAME) == null ? record : copy(record, List.of());
    }

    private static <K, V> ProducerRecord<K, V> copy(ProducerRecord<K, V> record, List<Header> more) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().equals(StampHeader.NAME)) {
                headers.add(header);
            }
        }
        headers.addAll(more);
        return new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), record.key(), record.value(), headers);
    }

    /** Our header: Kafka's own class for one is not part of its API. */
    private record StampedHeader(byte[] value) implements Header {
        @Override
        public String key() {
            return StampHeader.NAME;
        }
    }
}
