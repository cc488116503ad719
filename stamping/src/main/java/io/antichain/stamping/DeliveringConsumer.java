package io.antichain.stamping;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that merges each record's clock as it hands the record out, or as {@code antichain.deliver} says. Committed offsets
 * carry what the process knows as their metadata, where they have none; whoever is assigned the partitions next takes that over
 * before it sees a record, or reads their ends where it is missing. All else is the wrapped consumer's.
 */
public final class DeliveringConsumer<K, V> extends PassingConsumer<K, V> {
    private static final Duration COMMITTED_WITHIN = Duration.ofMillis(KafkaSurroundings.PATIENCE_MS);

    private final Stamping stamping;
    private final Runnable whenClosed;
    private final Positions positions = new Positions();

    /** Assigned by hand, and what was known of them not taken over yet. */
    private Set<TopicPartition> assignedByHand = Set.of();

    DeliveringConsumer(Stamping stamping, Consumer<K, V> consumer, Runnable whenClosed) {
        super(consumer);
        this.stamping = stamping;
        this.whenClosed = whenClosed;
    }

    @Override
    public void subscribe(Collection<String> topics) {
        consumer.subscribe(topics, listener(AssignmentListener.none()));
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        consumer.subscribe(topics, listener == null ? null : listener(listener));
    }

    @Override
    public void subscribe(Pattern pattern) {
        consumer.subscribe(pattern, listener(AssignmentListener.none()));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        consumer.subscribe(pattern, listener == null ? null : listener(listener));
    }

    @Override
    public void subscribe(SubscriptionPattern pattern) {
        consumer.subscribe(pattern, listener(AssignmentListener.none()));
    }

    @Override
    public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
        consumer.subscribe(pattern, listener == null ? null : listener(listener));
    }

    private ConsumerRebalanceListener listener(ConsumerRebalanceListener application) {
        return new AssignmentListener(this::takeOver, application);
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        Set<TopicPartition> before = consumer.assignment();
        consumer.assign(partitions);
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(before);
        added.addAll(assignedByHand);
        added.retainAll(partitions);
        assignedByHand = added;
    }

    private void takeOver(Collection<TopicPartition> partitions) {
        Set<TopicPartition> asked = new HashSet<>(partitions);
        stamping.inheritance().assigned(asked, () -> consumer.committed(asked, COMMITTED_WITHIN));
    }

    /** Before a poll, not after it: what goes wrong here must not cost a record. */
    private void takeOverByHand() {
        if (!assignedByHand.isEmpty()) {
            boolean hasGroup = !stamping.groupId().isEmpty();
            Set<TopicPartition> asked = assignedByHand;
            assignedByHand = Set.of();
            if (hasGroup) {
                takeOver(asked);
            }
        }
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        takeOverByHand();
        return handOver(consumer.poll(timeout));
    }

    /** Of clients before 4.0. */
    public ConsumerRecords<K, V> poll(long timeoutMs) {
        takeOverByHand();
        return handOver(OlderClients.poll(consumer, timeoutMs));
    }

    private ConsumerRecords<K, V> handOver(ConsumerRecords<K, V> polled) {
        positions.polled(polled);
        return stamping.handOver(polled);
    }

    // What a commit without offsets would commit is committed with offsets, since only these can carry metadata.
    // Where there is nothing to commit, the wrapped consumer is asked as the application asked.

    @Override
    public void commitSync() {
        Map<TopicPartition, OffsetAndMetadata> offsets = toHandOn();
        if (offsets.isEmpty()) {
            consumer.commitSync();
        } else {
            commitSync(offsets);
        }
    }

    @Override
    public void commitSync(Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> offsets = toHandOn();
        if (offsets.isEmpty()) {
            consumer.commitSync(timeout);
        } else {
            commitSync(offsets, timeout);
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> toHandOn() {
        return stamping.inheritance().handsOn() ? positions.of(consumer) : Map.of();
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        consumer.commitSync(stamping.inheritance().handOn(offsets));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        consumer.commitSync(stamping.inheritance().handOn(offsets), timeout);
    }

    @Override
    public void commitAsync() {
        commitAsync(null);
    }

    @Override
    public void commitAsync(OffsetCommitCallback callback) {
        Map<TopicPartition, OffsetAndMetadata> offsets = toHandOn();
        if (offsets.isEmpty()) {
            consumer.commitAsync(callback);
        } else {
            commitAsync(offsets, callback);
        }
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        consumer.commitAsync(
                stamping.inheritance().handOn(offsets),
                callback == null
                        ? null
                        : (committed, failure) -> callback.onComplete(Inheritance.withoutOurs(committed), failure));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return Inheritance.withoutOurs(consumer.committed(partitions));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        return Inheritance.withoutOurs(consumer.committed(partitions, timeout));
    }

    /** Of clients before 4.0. */
    public OffsetAndMetadata committed(TopicPartition partition) {
        return Inheritance.withoutOurs(OlderClients.committed(consumer, partition));
    }

    /** Of clients before 4.0. */
    public OffsetAndMetadata committed(TopicPartition partition, Duration timeout) {
        return Inheritance.withoutOurs(OlderClients.committed(consumer, partition, timeout));
    }

    /** The wrapped consumer's, and those of the process, in the group {@code antichain-stamping}. */
    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return FigureMetrics.with(consumer.metrics(), stamping.life());
    }

    @Override
    public void close() {
        try {
            consumer.close();
        } finally {
            whenClosed.run();
        }
    }

    @Override
    public void close(Duration timeout) {
        try {
            consumer.close(timeout);
        } finally {
            whenClosed.run();
        }
    }

    @Override
    public void close(CloseOptions options) {
        try {
            consumer.close(options);
        } finally {
            whenClosed.run();
        }
    }
}
