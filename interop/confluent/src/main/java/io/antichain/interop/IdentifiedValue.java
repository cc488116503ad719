package io.antichain.interop;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** A value as Confluent's deserializer reads it, and the schema id that its bytes name. */
record IdentifiedValue(int schemaId, GenericRecord value) {

    /** Confluent's, which does not tell the id. */
    public static final class Reader implements Deserializer<IdentifiedValue> {
        private final KafkaAvroDeserializer confluents = new KafkaAvroDeserializer();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            confluents.configure(configs, isKey);
        }

        @Override
        public IdentifiedValue deserialize(String topic, byte[] bytes) {
            throw new UnsupportedOperationException("Kafka hands over the headers too");
        }

        @Override
        public IdentifiedValue deserialize(String topic, Headers headers, byte[] bytes) {
            GenericRecord value = (GenericRecord) confluents.deserialize(topic, headers, bytes);
            return new IdentifiedValue(ByteBuffer.wrap(bytes).getInt(1), value);
        }

        @Override
        public void close() {
            confluents.close();
        }
    }
}
