package io.antichain.node.kafka;

import io.antichain.node.protocol.Found;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Map;
import java.util.Set;

/** The time between two failures: one producer, one reader. Opening it fences whoever had the name. */
final class Session implements AutoCloseable {
    private final KafkaNodeSettings settings;
    private final Clients clients;
    private final NodeMetrics metrics;
    private final Trouble trouble;
    private final Transactions transactions;
    private final KafkaClientMetrics producerMetrics;
    private LogReader reader;

    private Session(
            KafkaNodeSettings settings,
            Clients clients,
            NodeMetrics metrics,
            Trouble trouble,
            Transactions transactions) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.trouble = trouble;
        this.transactions = transactions;
        this.producerMetrics = new KafkaClientMetrics(transactions.producer(), metrics.tags());
        producerMetrics.bindTo(metrics.registry());
    }

    static Session open(KafkaNodeSettings settings, Clients clients, NodeMetrics metrics, Trouble trouble) {
        return new Session(settings, clients, metrics, trouble, Transactions.open(clients.producer(), trouble));
    }

    Found readBack(TopicStates states) throws InterruptedException {
        try (var consumer = clients.consumer("earliest");
                var decoder = new Decoder(clients.deserializer(), metrics.undecodable, trouble)) {
            return new Recovery(states, new LogScan(consumer, trouble), decoder, settings).find();
        }
    }

    void startReading(Inbox inbox, Map<Integer, Long> from) {
        reader = new LogReader(
                clients, inbox, metrics, trouble, settings.topics().events(), from);
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
