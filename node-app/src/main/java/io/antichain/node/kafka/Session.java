package io.antichain.node.kafka;

import io.antichain.node.protocol.OwnPast;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Map;
import java.util.Set;

/** The time between two failures: one producer, one reader. Opening it fences whoever had the name. */
final class Session implements AutoCloseable {
    private final KafkaNodeSettings settings;
    private final Clients clients;
    private final NodeMetrics metrics;
    private final WaitReason waitReason;
    private final Transactions transactions;
    private final KafkaClientMetrics producerMetrics;
    private LogReader reader;

    private Session(
            KafkaNodeSettings settings,
            Clients clients,
            NodeMetrics metrics,
            WaitReason waitReason,
            Transactions transactions) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.waitReason = waitReason;
        this.transactions = transactions;
        this.producerMetrics = new KafkaClientMetrics(transactions.producer(), metrics.tags());
        producerMetrics.bindTo(metrics.registry());
    }

    static Session open(KafkaNodeSettings settings, Clients clients, NodeMetrics metrics, WaitReason waitReason) {
        return new Session(settings, clients, metrics, waitReason, Transactions.open(clients.producer(), waitReason));
    }

    OwnPast readBack(TopicStates states) throws InterruptedException {
        try (var consumer = clients.consumer("earliest");
                var decoder = new LogRecordDecoder(clients.deserializer(), metrics.undecodable, waitReason)) {
            return new Recovery(states, new WatermarkReader(consumer, waitReason), decoder, settings).find();
        }
    }

    void startReading(Inbox inbox, Map<Integer, Long> from) {
        reader = new LogReader(
                clients, inbox, metrics, waitReason, settings.topics().events(), from);
    }

    void holdReading(Set<Integer> held) {
        reader.hold(held);
    }

    Transactions transactions() {
        return transactions;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        producerMetrics.close();
        transactions.close();
    }
}
