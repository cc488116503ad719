package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.ClockRecovery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads ends of partitions for the stamps in them, for at most {@link KafkaSurroundings#PATIENCE_MS}. */
final class TailReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    TailReader(Map<String, Object> properties) {
        this.consumer = new KafkaConsumer<>(properties);
    }

    /** Tells {@code sink} each stamp, with its record's timestamp; whether all was read in time. */
    boolean read(Map<TopicPartition, ClockRecovery.Step.Tail> tails, ObjLongConsumer<Stamp> sink) {
        long deadline = System.nanoTime() + KafkaSurroundings.PATIENCE_MS * 1_000_000L;
        Map<TopicPartition, Long> ends = start(tails);
        while (!ends.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    Stamps.read(record.headers()).stamp().ifPresent(stamp -> sink.accept(stamp, record.timestamp()));
                }
            }
            List<TopicPartition> done = ends.keySet().stream()
                    .filter(partition -> consumer.position(partition) >= ends.get(partition))
                    .toList();
            consumer.pause(done);
            ends.keySet().removeAll(done);
        }
        return true;
    }

    private Map<TopicPartition, Long> start(Map<TopicPartition, ClockRecovery.Step.Tail> tails) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(tails.keySet());
        Map<TopicPartition, Long> ends = new HashMap<>();
        tails.forEach((partition, tail) -> {
            if (Math.max(tail.from(), begins.getOrDefault(partition, 0L)) < tail.to()) {
                ends.put(partition, tail.to());
            }
        });
        consumer.assign(ends.keySet());
        ends.keySet()
                .forEach(partition -> consumer.seek(
                        partition, Math.max(tails.get(partition).from(), begins.getOrDefault(partition, 0L))));
        return ends;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
