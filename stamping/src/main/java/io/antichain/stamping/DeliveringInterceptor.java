package io.antichain.stamping;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Merges clocks by configuration alone ({@code interceptor.classes}), as well as an interceptor can: all records of a poll at once,
 * before the application sees the first. So its records are said to know the whole batch, and conflicts with it are not found.
 * {@link Stamping#wrap} promises more. With {@code antichain.deliver=explicit} or {@code none} it merges nothing.
 */
public final class DeliveringInterceptor<K, V> implements ConsumerInterceptor<K, V> {
    private Stamping stamping;

    @Override
    public void configure(Map<String, ?> properties) {
        stamping = Stamping.open(properties);
        stamping.begins(
                "consumer interceptor",
                "best effort: all records of a poll are known before the first is handled, so conflicts with them are not found;"
                        + " what was known is lost in a crash");
    }

    @Override
    public ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records) {
        switch (stamping.settings().deliver()) {
            case RECORD, BATCH:
                records.forEach(stamping::deliver);
                break;
            case EXPLICIT, NONE:
                break;
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
        if (stamping != null) {
            stamping.close();
        }
    }
}
