package io.antichain.analyzer.decode;

import io.antichain.schemas.codec.DecodingException.Failure;
import org.apache.kafka.common.header.Headers;

/** Reads the topic that brings sources together; what stands there was let pass when it was written. */
public final class OrderRecordDecoder implements RecordDecoder {
    @Override
    public Decoded decode(String topic, byte[] key, byte[] value, Headers headers, long timestampMs, boolean hurried) {
        try {
            OrderRecord record = OrderRecord.read(key, value);
            if (record instanceof OrderRecord.Placed placed) {
                return new Decoded.Admitted(placed.message(), false);
            }
            return new Decoded.Deleted(((OrderRecord.Deleted) record).records());
        } catch (IllegalArgumentException e) {
            return new Decoded.Undecodable(Failure.INVALID_VALUE.name(), e.getMessage());
        }
    }
}
