package io.antichain.cli.command;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic that a producer holds with a transaction in which it has sent a record; aborted when closed. */
final class HeldTopic implements AutoCloseable {
    /** Below the 15 minutes that a broker allows, and far above what a test takes. */
    private static final int TRANSACTION_TIMEOUT_MS = 800_000;

    private final KafkaProducer<byte[], byte[]> producer;

    private HeldTopic(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    static HeldTopic hold(Map<String, Object> client, String topic, int partition, String transactionalId) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}));
        producer.flush();
        return new HeldTopic(producer);
    }

    @Override
    public void close() {
        producer.abortTransaction();
        producer.close();
    }
}
