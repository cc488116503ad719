package io.antichain.stamping;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Takes over what was known to whoever had newly assigned partitions before, ahead of the application's own listener. */
final class AssignmentListener implements ConsumerRebalanceListener {
    private final java.util.function.Consumer<Collection<TopicPartition>> takeOver;
    private final ConsumerRebalanceListener application;

    AssignmentListener(
            java.util.function.Consumer<Collection<TopicPartition>> takeOver, ConsumerRebalanceListener application) {
        this.takeOver = takeOver;
        this.application = application;
    }

    /** The listener of an application that has none. */
    static ConsumerRebalanceListener none() {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        };
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        takeOver.accept(partitions);
        application.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        application.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        application.onPartitionsLost(partitions);
    }
}
