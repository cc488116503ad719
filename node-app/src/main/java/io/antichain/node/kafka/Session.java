package io.antichain.node.kafka;

import io.antichain.node.state.NodeState;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The time between two failures: one producer, one reader. Opening it fences whoever had the name, then reads the log back. */
final class Session implements AutoCloseable {
    private final Transactions transactions;
    private final KafkaClientMetrics producerMetrics;
    private final NodeState recovered;
    private final int partitions;
    private LogReader reader;

    private Session(Transactions transactions, NodeMetrics metrics, NodeState recovered, int partitions) {
        this.transactions = transactions;
        this.recovered = recovered;
        this.partitions = partitions;
        this.producerMetrics = new KafkaClientMetrics(transactions.producer(), metrics.tags());
        producerMetrics.bindTo(metrics.registry());
    }

    static Session open(KafkaNodeSettings settings, Clients clients, NodeMetrics metrics, Trouble trouble)
            throws InterruptedException {
        try (Admin admin = clients.admin()) {
            int partitions = LogScan.partitions(admin, settings.topics().events());
            Transactions transactions = Transactions.open(clients.producer());
            try (var consumer = clients.consumer();
                    var decoder = new Decoder(clients.deserializer(), metrics.undecodable, trouble)) {
                NodeState recovered = new Recovery(new LogScan(admin, consumer), decoder, settings).recover();
                return new Session(transactions, metrics, recovered, partitions);
            } catch (RuntimeException | InterruptedException e) {
                transactions.close();
                throw e;
            }
        }
    }

    /** Starts delivering at these positions. */
    void startReading(
            Clients clients, Inbox inbox, NodeMetrics metrics, Trouble trouble, String topic, Map<Integer, Long> from) {
        reader = new LogReader(clients, inbox, metrics, trouble, topic, partitions, from);
    }

    Transactions transactions() {
        return transactions;
    }

    /** What the log says the process knew. */
    NodeState recovered() {
        return recovered;
    }

    int partitions() {
        return partitions;
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
