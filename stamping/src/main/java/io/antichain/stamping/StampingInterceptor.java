package io.antichain.stamping;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Stamps by configuration alone ({@code interceptor.classes}), as well as an interceptor can: a stamp that cannot be made leaves the
 * record without one, whatever {@code antichain.on.error} says; records of several threads may land in another order than they were
 * stamped; and a new life knows nothing of the one before. What it could not do is counted. {@link Stamping#wrap} promises more.
 */
public final class StampingInterceptor<K, V> implements ProducerInterceptor<K, V> {
    private Stamping stamping;

    @Override
    public void configure(Map<String, ?> properties) {
        stamping = Stamping.open(properties);
        stamping.begins(
                "producer interceptor",
                "best effort: a record may go out without a stamp, which is counted, or in another order than stamped; what was"
                        + " known is lost in a crash");
    }

    @Override
    public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
        if (!stamping.stamps(record.topic())) {
            return record;
        }
        try {
            return stamping.stamped(record);
        } catch (StampingException e) {
            return Stamps.unstamped(record); // counted; what is thrown here Kafka drops, and sends the record as it was
        }
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {}

    @Override
    public void close() {
        if (stamping != null) {
            stamping.close();
        }
    }
}
