package io.antichain.stamping;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a poll that tell, each as it is handed out and before whoever asked for it has it, that it is. All that Kafka's class
 * offers is offered, and the records are the same objects.
 */
final class HandedOutRecords<K, V> extends ConsumerRecords<K, V> {
    private final ConsumerRecords<K, V> polled;
    private final Consumer<ConsumerRecord<?, ?>> handed;

    // Clients before 4.0 have this constructor alone; what the other one is for, the next offsets, is answered below.
    @SuppressWarnings("deprecation")
    private HandedOutRecords(
            ConsumerRecords<K, V> polled,
            Map<TopicPartition, List<ConsumerRecord<K, V>>> telling,
            Consumer<ConsumerRecord<?, ?>> handed) {
        super(telling);
        this.polled = polled;
        this.handed = handed;
    }

    static <K, V> ConsumerRecords<K, V> of(ConsumerRecords<K, V> polled, Consumer<ConsumerRecord<?, ?>> handed) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> telling = new LinkedHashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            telling.put(partition, new Telling<>(polled.records(partition), handed));
        }
        return new HandedOutRecords<>(polled, telling, handed);
    }

    /** Kafka's own iterator looks one record ahead. */
    @Override
    public Iterator<ConsumerRecord<K, V>> iterator() {
        return telling(polled.iterator());
    }

    @Override
    public Iterable<ConsumerRecord<K, V>> records(String topic) {
        Iterable<ConsumerRecord<K, V>> records = polled.records(topic);
        return () -> telling(records.iterator());
    }

    /** Of clients since 4.0; others never ask. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> nextOffsets() {
        return new HashMap<>(polled.nextOffsets());
    }

    private Iterator<ConsumerRecord<K, V>> telling(Iterator<ConsumerRecord<K, V>> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public ConsumerRecord<K, V> next() {
                ConsumerRecord<K, V> record = records.next();
                handed.accept(record);
                return record;
            }
        };
    }

    /** The records of one partition. */
    private static final class Telling<K, V> extends AbstractList<ConsumerRecord<K, V>> implements RandomAccess {
        private final List<ConsumerRecord<K, V>> records;
        private final Consumer<ConsumerRecord<?, ?>> handed;

        Telling(List<ConsumerRecord<K, V>> records, Consumer<ConsumerRecord<?, ?>> handed) {
            this.records = records;
            this.handed = handed;
        }

        @Override
        public ConsumerRecord<K, V> get(int index) {
            ConsumerRecord<K, V> record = records.get(index);
            handed.accept(record);
            return record;
        }

        @Override
        public int size() {
            return records.size();
        }
    }
}
