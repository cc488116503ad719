package io.antichain.benchmarks.node;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A transactional producer that does nothing but commit batches of bytes to one topic. */
final class BareProducer {
    private final Map<String, Object> settings;
    private final String topic;
    private final byte[] value;
    private final int batch;

    BareProducer(String bootstrapServers, String topic, int valueBytes, int batch) {
        this.settings = Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "bare", "linger.ms", 5);
        this.topic = topic;
        this.value = new byte[valueBytes];
        this.batch = batch;
    }

    /**
     * Runs for so long, and returns how many messages it committed.
     *
     * @param transactions takes how long each transaction took
     */
    long run(long ms, Latencies transactions) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            long beganNs = System.nanoTime();
            long messages = 0;
            while (System.nanoTime() - beganNs < ms * 1_000_000) {
                long transactionNs = System.nanoTime();
                producer.beginTransaction();
                for (int i = 0; i < batch; i++) {
                    producer.send(new ProducerRecord<>(topic, 0, null, value));
                }
                producer.commitTransaction();
                transactions.add(System.nanoTime() - transactionNs);
                messages += batch;
            }
            return messages;
        }
    }
}
