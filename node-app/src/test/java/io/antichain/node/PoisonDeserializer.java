package io.antichain.node;

import io.antichain.schemas.registry.AvroDeserializer;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** A deserializer with a fault: an error that nobody foresaw, at the payload {@value #POISON}. */
public final class PoisonDeserializer implements Deserializer<Object> {
    static final String POISON = "poison for the reader";

    private final AvroDeserializer real = new AvroDeserializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        real.configure(configs, isKey);
    }

    @Override
    public Object deserialize(String topic, byte[] bytes) {
        Object value = real.deserialize(topic, bytes);
        if (value instanceof io.antichain.wire.Event event && event.getPayload().equals(POISON)) {
            throw new AssertionError("a fault in the reader thread");
        }
        return value;
    }

    @Override
    public void close() {
        real.close();
    }
}
