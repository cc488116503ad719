package io.antichain.cli.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** A transaction of a service, which notes what becomes of it. Where that cannot be known it throws, and the life ends. */
final class ServiceTransaction {
    private final Producer<String, String> producer;
    private final ServiceJournal journal;
    private final List<String> values = new ArrayList<>();
    private OptionalInt attempt = OptionalInt.empty();
    private boolean hasBegun;
    private boolean mustAbort;

    ServiceTransaction(Producer<String, String> producer, ServiceJournal journal) {
        this.producer = producer;
        this.journal = journal;
    }

    Producer<String, String> producer() {
        return producer;
    }

    /** Begins, unless it has. */
    void begin() {
        if (!hasBegun) {
            producer.beginTransaction();
            hasBegun = true;
        }
    }

    void sent(String value) {
        values.add(value);
    }

    void offsets(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            Map<TopicPartition, Long> noted,
            ConsumerGroupMetadata group) {
        begin();
        attempt = OptionalInt.of(journal.committing(noted));
        try {
            producer.sendOffsetsToTransaction(offsets, group);
        } catch (CommitFailedException e) {
            mustAbort = true; // the partitions are somebody else's by now
        }
    }

    /** Commits, or aborts if told to or if it cannot be committed; whether it was committed. */
    boolean end(boolean isAborted) {
        if (!hasBegun) {
            return true;
        }
        if (!isAborted && !mustAbort) {
            try {
                producer.commitTransaction();
                values.forEach(journal::acknowledged);
                attempt.ifPresent(journal::committed);
                return true;
            } catch (TimeoutException e) {
                throw e; // the broker may have committed it
            } catch (KafkaException e) {
                // A batch expired: what follows says whether it can be aborted.
            }
        }
        producer.abortTransaction();
        journal.aborted();
        attempt.ifPresent(journal::notCommitted);
        return false;
    }
}
