package io.antichain.node;

import io.antichain.schemas.registry.AvroSerializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer with a fault: an error that nobody foresaw, at the payload {@value #POISON}. */
public final class PoisonSerializer implements Serializer<Object> {
    static final String POISON = "poison for the writer";

    private final AvroSerializer real = new AvroSerializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        real.configure(configs, isKey);
    }

    @Override
    public byte[] serialize(String topic, Object value) {
        if (value instanceof io.antichain.wire.Event event && event.getPayload().equals(POISON)) {
            throw new AssertionError("a fault in the writer thread");
        }
        return real.serialize(topic, (SpecificRecord) value);
    }

    @Override
    public void close() {
        real.close();
    }
}
