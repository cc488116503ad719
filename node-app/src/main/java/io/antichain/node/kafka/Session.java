package io.antichain.node.kafka;

import io.antichain.node.protocol.Found;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/** The time between two failures: one producer, one reader. Opening it fences whoever had the name. */
final class Session implements AutoCloseable {
    private final KafkaNodeSettings settings;
    private final Clients clients;
    private final NodeMetrics metrics;
    private final Trouble trouble;
    private final Transactions transactions;
    private final KafkaClientMetrics producerMetrics;
    private final int partitions;
    private LogReader reader;

    private Session(
            KafkaNodeSettings settings,
            Clients clients,
            NodeMetrics metrics,
            Trouble trouble,
            Transactions transactions,
            int partitions) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.trouble = trouble;
        this.transactions = transactions;
        this.partitions = partitions;
        this.producerMetrics = new KafkaClientMetrics(transactions.producer(), metrics.tags());
        producerMetrics.bindTo(metrics.registry());
    }

    static Session open(KafkaNodeSettings settings, Clients clients, NodeMetrics metrics, Trouble trouble)
            throws InterruptedException {
        try (Admin admin = clients.admin()) {
            int partitions = LogScan.partitions(admin, settings.topics().events());
            Transactions transactions = Transactions.open(clients.producer());
            return new Session(settings, clients, metrics, trouble, transactions, partitions);
        }
    }

    Found readBack() throws InterruptedException {
        try (Admin admin = clients.admin();
                var consumer = clients.consumer();
                var decoder = new Decoder(clients.deserializer(), metrics.undecodable, trouble)) {
            return new Recovery(new LogScan(admin, consumer), decoder, settings).find(partitions);
        }
    }

    void startReading(Inbox inbox, Map<Integer, Long> from) {
        reader = new LogReader(
                clients, inbox, metrics, trouble, settings.topics().events(), partitions, from);
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
