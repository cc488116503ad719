package io.antichain.stamping;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** The part of a consumer that is passed through as it is. */
abstract class PassingConsumer<K, V> implements Consumer<K, V> {
    final Consumer<K, V> consumer;

    PassingConsumer(Consumer<K, V> consumer) {
        this.consumer = consumer;
    }

    @Override
    public final Set<TopicPartition> assignment() {
        return consumer.assignment();
    }

    @Override
    public final Set<String> subscription() {
        return consumer.subscription();
    }

    @Override
    public final void unsubscribe() {
        consumer.unsubscribe();
    }

    @Override
    public final void registerMetricForSubscription(KafkaMetric metric) {
        consumer.registerMetricForSubscription(metric);
    }

    @Override
    public final void unregisterMetricFromSubscription(KafkaMetric metric) {
        consumer.unregisterMetricFromSubscription(metric);
    }

    @Override
    public final void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    @Override
    public final void seek(TopicPartition partition, OffsetAndMetadata offset) {
        consumer.seek(partition, offset);
    }

    @Override
    public final void seekToBeginning(Collection<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
    }

    @Override
    public final void seekToEnd(Collection<TopicPartition> partitions) {
        consumer.seekToEnd(partitions);
    }

    @Override
    public final long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    @Override
    public final long position(TopicPartition partition, Duration timeout) {
        return consumer.position(partition, timeout);
    }

    @Override
    public final Uuid clientInstanceId(Duration timeout) {
        return consumer.clientInstanceId(timeout);
    }

    @Override
    public final List<PartitionInfo> partitionsFor(String topic) {
        return consumer.partitionsFor(topic);
    }

    @Override
    public final List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return consumer.partitionsFor(topic, timeout);
    }

    @Override
    public final Map<String, List<PartitionInfo>> listTopics() {
        return consumer.listTopics();
    }

    @Override
    public final Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        return consumer.listTopics(timeout);
    }

    @Override
    public final Set<TopicPartition> paused() {
        return consumer.paused();
    }

    @Override
    public final void pause(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
    }

    @Override
    public final void resume(Collection<TopicPartition> partitions) {
        consumer.resume(partitions);
    }

    @Override
    public final Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        return consumer.offsetsForTimes(times);
    }

    @Override
    public final Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        return consumer.offsetsForTimes(times, timeout);
    }

    @Override
    public final Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    @Override
    public final Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return consumer.beginningOffsets(partitions, timeout);
    }

    @Override
    public final Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    @Override
    public final Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return consumer.endOffsets(partitions, timeout);
    }

    @Override
    public final OptionalLong currentLag(TopicPartition partition) {
        return consumer.currentLag(partition);
    }

    @Override
    public final ConsumerGroupMetadata groupMetadata() {
        return consumer.groupMetadata();
    }

    @Override
    public final void enforceRebalance() {
        consumer.enforceRebalance();
    }

    @Override
    public final void enforceRebalance(String reason) {
        consumer.enforceRebalance(reason);
    }

    @Override
    public final void wakeup() {
        consumer.wakeup();
    }
}
