package io.antichain.node.kafka;

import io.antichain.node.state.EventsLog;
import io.antichain.schemas.kafka.KafkaRefusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the cluster how its topics stand. Up to the high watermark, and not the last stable offset, which a stranger's open
 * transaction keeps below committed records. One client for the whole life: what it has learned of a slow cluster it keeps.
 */
final class TopicStates implements AutoCloseable {
    private final Clients clients;
    private Optional<Admin> admin = Optional.empty();

    TopicStates(Clients clients) {
        this.clients = clients;
    }

    EventsLog of(String topic) throws InterruptedException {
        if (admin.isEmpty()) {
            admin = Optional.of(clients.admin());
        }
        Admin asked = admin.get();
        try {
            TopicDescription described =
                    asked.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            KafkaFuture<Map<Integer, Long>> starts = offsets(asked, described, OffsetSpec.earliest());
            KafkaFuture<Map<Integer, Long>> ends = offsets(asked, described, OffsetSpec.latest());
            return new EventsLog(described.topicId().toString(), starts.get(), ends.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UnknownTopicOrPartitionException(
                        "A topic of this node is missing: topic=" + topic + "; create it with 'antichain init'");
            }
            Throwable cause = KafkaRefusal.named(e.getCause(), topic);
            throw cause instanceof KafkaException known ? known : new KafkaException(cause);
        }
    }

    private static KafkaFuture<Map<Integer, Long>> offsets(Admin admin, TopicDescription topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        topic.partitions()
                .forEach(partition -> wanted.put(new TopicPartition(topic.name(), partition.partition()), which));
        return admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .thenApply(found -> {
                    Map<Integer, Long> offsets = new HashMap<>();
                    found.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
                    return offsets;
                });
    }

    @Override
    public void close() {
        admin.ifPresent(open -> open.close(Duration.ZERO));
    }
}
