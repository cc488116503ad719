package io.antichain.interop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The fields of a value as Confluent's deserializer hands it out, by name. */
record ValueFields(GenericRecord value) {

    static ValueFields of(ConsumerRecord<String, IdentifiedValue> read) {
        return new ValueFields(read.value().value());
    }

    boolean isNull(String name) {
        return value.get(name) == null;
    }

    String text(String name) {
        return value.get(name).toString();
    }

    long number(String name) {
        return ((Number) value.get(name)).longValue();
    }

    Map<String, Long> counters(String name) {
        Map<String, Long> counters = new TreeMap<>();
        ((Map<?, ?>) value.get(name)).forEach((process, counter) -> counters.put(process.toString(), (Long) counter));
        return counters;
    }

    ValueFields record(String name) {
        return new ValueFields((GenericRecord) value.get(name));
    }

    List<ValueFields> records(String name) {
        return ((List<?>) value.get(name))
                .stream()
                        .map(element -> new ValueFields((GenericRecord) element))
                        .toList();
    }
}
