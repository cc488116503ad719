package io.antichain.analyzer.log;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Finds open transactions, and whose they are. That some stand open is normal for as long as a transaction takes; one whose
 * offset does not change for several seconds holds the log.
 */
public final class OpenTransactions {
    private static final String NOT_LISTED = "no right to describe it, or its coordinator has forgotten it";

    private final Admin admin;
    private final String bootstrapServers;

    /**
     * @param admin stays the caller's to close
     * @param bootstrapServers of the same cluster, for the commands that are advised
     */
    public OpenTransactions(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * What a partition holds beyond the last stable offset.
     *
     * @param offset the last stable offset: that of the first record of the oldest open transaction
     * @param end the high watermark
     */
    public record Held(long offset, long end) {}

    /**
     * The partitions of topics that an open transaction holds now. Two questions to the leaders, and one for the partitions;
     * needs the right to describe the topics.
     *
     * @throws KafkaException if a topic does not exist, or no broker answers
     */
    public Map<TopicPartition, Held> held(Collection<String> topics) {
        List<TopicPartition> partitions = answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        // The ends first: a stable offset below an end that was asked for earlier is below the end that stands now.
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> stable = ends(partitions, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Held> held =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        ends.forEach((partition, end) -> {
            long offset = stable.get(partition).offset();
            if (offset < end.offset()) {
                held.put(partition, new Held(offset, end.offset()));
            }
        });
        return held;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(List<TopicPartition> partitions, IsolationLevel level) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return answer(admin.listOffsets(latest, new ListOffsetsOptions(level)).all());
    }

    /**
     * Whose transaction it is that holds a partition. Asks all brokers, so only of one that has stood open for a while. What
     * the broker does not say, for want of rights above all, is left open in the answer.
     */
    public OpenTransaction named(TopicPartition partition, Held held) {
        String unknown = "";
        Optional<OpenTransaction.Producer> producer = Optional.empty();
        try {
            producer =
                    answer(admin.describeProducers(List.of(partition)).partitionResult(partition))
                            .activeProducers()
                            .stream()
                            .filter(state ->
                                    state.currentTransactionStartOffset().isPresent())
                            .min(Comparator.comparingLong(state ->
                                    state.currentTransactionStartOffset().getAsLong()))
                            .map(OpenTransactions::withoutName);
            unknown = producer.isPresent() ? "" : "the broker names none";
        } catch (KafkaException e) {
            unknown = e.getClass().getSimpleName();
        }
        if (producer.isPresent()) {
            try {
                producer = Optional.of(withName(producer.get(), partition));
                unknown = producer.get().transactionalId().isPresent() ? "" : NOT_LISTED;
            } catch (KafkaException e) {
                unknown = e.getClass().getSimpleName();
            }
        }
        return new OpenTransaction(
                partition.topic(),
                partition.partition(),
                held.offset(),
                held.end(),
                producer,
                unknown,
                bootstrapServers);
    }

    private static OpenTransaction.Producer withoutName(ProducerState state) {
        return new OpenTransaction.Producer(
                state.producerId(), state.lastTimestamp(), Optional.empty(), Optional.empty());
    }

    private OpenTransaction.Producer withName(OpenTransaction.Producer producer, TopicPartition partition) {
        Optional<String> name = answer(
                        admin.listTransactions(new ListTransactionsOptions().filterProducerIds(List.of(producer.id())))
                                .all())
                .stream()
                .filter(listed -> listed.producerId() == producer.id())
                .map(TransactionListing::transactionalId)
                .findFirst();
        Optional<OpenTransaction.Coordinated> known = name.flatMap(id -> coordinated(id, partition));
        return new OpenTransaction.Producer(producer.id(), producer.lastRecordMs(), name, known);
    }

    private Optional<OpenTransaction.Coordinated> coordinated(String transactionalId, TopicPartition partition) {
        TransactionDescription described =
                answer(admin.describeTransactions(List.of(transactionalId)).description(transactionalId));
        // A transaction of which the coordinator does not know that it reaches the partition will not end there by
        // itself.
        return described.transactionStartTimeMs().isPresent()
                        && described.topicPartitions().contains(partition)
                ? Optional.of(new OpenTransaction.Coordinated(
                        described.transactionStartTimeMs().getAsLong(), described.transactionTimeoutMs()))
                : Optional.empty();
    }

    /** What a broker answers, or the failure that it tells. */
    static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
