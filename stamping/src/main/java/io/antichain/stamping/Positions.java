package io.antichain.stamping;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** How far a consumer has been handed records: what it would commit if it were told no offsets. */
final class Positions {
    private final Map<TopicPartition, OffsetAndMetadata> lastPolled = new HashMap<>();

    /** Takes note of what a poll gave. */
    void polled(ConsumerRecords<?, ?> records) {
        Optional<Map<TopicPartition, OffsetAndMetadata>> next = OlderClients.nextOffsets(records);
        if (next.isPresent()) {
            lastPolled.putAll(next.get());
            return;
        }
        for (TopicPartition partition : records.partitions()) {
            List<? extends ConsumerRecord<?, ?>> there = records.records(partition);
            ConsumerRecord<?, ?> last = there.get(there.size() - 1);
            lastPolled.put(partition, new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
        }
    }

    /** The position of each assigned partition that has one, with the leader's epoch where it is known for that position. */
    Map<TopicPartition, OffsetAndMetadata> of(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                long position = consumer.position(partition, Duration.ZERO);
                OffsetAndMetadata last = lastPolled.get(partition);
                Optional<Integer> epoch =
                        last != null && last.offset() == position ? last.leaderEpoch() : Optional.empty();
                positions.put(partition, new OffsetAndMetadata(position, epoch, ""));
            } catch (TimeoutException e) {
                // It has none yet, and a commit without offsets would leave it out too.
            }
        }
        lastPolled.keySet().retainAll(positions.keySet());
        return positions;
    }
}
