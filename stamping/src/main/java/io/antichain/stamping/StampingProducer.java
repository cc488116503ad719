package io.antichain.stamping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A producer that stamps each record and appends it in one step, under a lock of its own: so the log is in the order of the
 * stamps. The records it is given are copied, never changed; all else is the wrapped producer's.
 *
 * <p>Offsets that are sent to a transaction carry what the process knows as their metadata, where they have none.
 */
public final class StampingProducer<K, V> implements Producer<K, V> {
    private final Stamping stamping;
    private final Producer<K, V> producer;
    private final Runnable whenClosed;
    private final Predicate<String> topics;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A stamping producer.
     *
     * @param topics which topics' records are stamped, of those that the settings name
     */
    StampingProducer(Stamping stamping, Producer<K, V> producer, Runnable whenClosed, Predicate<String> topics) {
        this.stamping = stamping;
        this.producer = producer;
        this.whenClosed = whenClosed;
        this.topics = topics;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    /**
     * Sends a stamped copy of the record.
     *
     * @throws StampingException if it could not be stamped and {@code antichain.on.error=fail}; it was not sent then
     */
    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record, Callback callback) {
        if (!stamping.stamps(record.topic()) || !topics.test(record.topic())) {
            return producer.send(record, callback);
        }
        stamping.inheritance().beforeFirstStampTo(record.topic());
        if (!isKnown(record.topic())) {
            // It would wait for the topic's metadata, and all others for the lock; most likely it fails.
            return producer.send(stamping.stamped(record), callback);
        }
        takeLock();
        try {
            return producer.send(stamping.stamped(record), callback);
        } finally {
            lock.unlock();
        }
    }

    /** Fetches a topic's metadata, so that nobody waits for it with the lock in hand. What is wrong, the send will say. */
    private boolean isKnown(String topic) {
        try {
            producer.partitionsFor(topic);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void takeLock() {
        if (!lock.tryLock()) {
            long before = System.nanoTime();
            lock.lock();
            stamping.life().figures.lockWaitNs.add(System.nanoTime() - before);
        }
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        producer.sendOffsetsToTransaction(stamping.inheritance().handOn(offsets), groupMetadata);
    }

    /** Of clients before 4.0. */
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, String groupId) {
        OlderClients.sendOffsetsToTransaction(producer, stamping.inheritance().handOn(offsets), groupId);
    }

    @Override
    public void initTransactions() {
        producer.initTransactions();
    }

    @Override
    public void beginTransaction() {
        producer.beginTransaction();
    }

    @Override
    public void commitTransaction() {
        producer.commitTransaction();
    }

    /** Aborts. The counters of what was aborted are not used again. */
    @Override
    public void abortTransaction() {
        producer.abortTransaction();
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return producer.partitionsFor(topic);
    }

    /** The wrapped producer's, and those of the process, in the group {@code antichain-stamping}. */
    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return FigureMetrics.with(producer.metrics(), stamping.life());
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        producer.registerMetricForSubscription(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        producer.unregisterMetricFromSubscription(metric);
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return producer.clientInstanceId(timeout);
    }

    @Override
    public void close() {
        try {
            producer.close();
        } finally {
            whenClosed.run();
        }
    }

    @Override
    public void close(Duration timeout) {
        try {
            producer.close(timeout);
        } finally {
            whenClosed.run();
        }
    }
}
