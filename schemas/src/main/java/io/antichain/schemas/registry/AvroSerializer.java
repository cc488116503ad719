package io.antichain.schemas.registry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes a record in Confluent's wire format. */
public final class AvroSerializer implements Serializer<SpecificRecord> {
    @Override
    public byte[] serialize(String topic, SpecificRecord data) {
        throw new UnsupportedOperationException("stub");
    }
}
