package io.antichain.schemas.registry;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a record in Confluent's wire format. */
public final class AvroDeserializer implements Deserializer<SpecificRecord> {
    @Override
    public SpecificRecord deserialize(String topic, byte[] data) {
        throw new UnsupportedOperationException("stub");
    }
}
