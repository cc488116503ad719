package io.antichain.benchmarks.analyzer;

import io.antichain.clocks.StampHeader;
import io.antichain.stamping.Stamping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Services with stamping clients that come and go: each life is another process. Before it publishes, a service delivers all that
 * the others published, most of the time; else it is in conflict with them. Four in five records have a key that was never there.
 */
final class StampedServices implements AutoCloseable {
    private static final int SERVICES = 8;
    private static final int VALUE_BYTES = 100;
    private static final double DELIVERING = 0.9;
    private static final double SAME_KEY = 0.2;
    private static final String FORGET_MS = "60000";
    private static final long SEED = 20_261_129L;

    private final Bench bench;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Random random = new Random(SEED);
    private final byte[] value = new byte[VALUE_BYTES];
    private final Stamping[] lives = new Stamping[SERVICES];
    private final int[] delivered = new int[SERVICES];
    /** What some service has not delivered yet, the oldest first. */
    private final List<ConsumerRecord<byte[], byte[]>> undelivered = new ArrayList<>();

    private int nextToLeave;
    private long keys;
    private long records;
    private int stampBytes;
    private Exception failure;

    StampedServices(Bench bench, String topic) {
        this.bench = bench;
        this.topic = topic;
        Map<String, Object> config = new HashMap<>(bench.client());
        config.put("linger.ms", 5);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        random.nextBytes(value);
        for (int service = 0; service < SERVICES; service++) {
            lives[service] = life(service);
        }
    }

    private Stamping life(int service) {
        Map<String, Object> properties = new HashMap<>(bench.client());
        properties.put("antichain.process", "service-" + service);
        properties.put("antichain.deliver", "explicit");
        properties.put("antichain.recover", "none");
        properties.put("antichain.forget.ms", FORGET_MS);
        return Stamping.open(properties);
    }

    /** Ends one service's life, and begins its next, which knows nothing but what it is handed. */
    void replaceOne() {
        lives[nextToLeave].close();
        lives[nextToLeave] = life(nextToLeave);
        nextToLeave = (nextToLeave + 1) % SERVICES;
    }

    /**
     * One service's turn: it publishes a record.
     *
     * @param acknowledged told the dot once the broker has the record; empty where nobody wants to know
     */
    void publish(Optional<Consumer<String>> acknowledged) {
        int service = random.nextInt(SERVICES);
        if (random.nextDouble() < DELIVERING) {
            deliver(service);
        }
        if (random.nextDouble() >= SAME_KEY) {
            keys++;
        }
        byte[] key = ("order-" + keys).getBytes(StandardCharsets.UTF_8);
        Headers headers = new RecordHeaders();
        lives[service].stamp(headers);
        byte[] stamp = headers.lastHeader(StampHeader.NAME).value();
        stampBytes = stamp.length;
        Optional<String> dot =
                acknowledged.map(wanted -> StampHeader.read(stamp).dot().toString());
        producer.send(new ProducerRecord<>(topic, 0, null, key, value, headers), (metadata, problem) -> {
            failure = problem == null ? failure : problem;
            dot.ifPresent(known -> acknowledged.orElseThrow().accept(known));
        });
        undelivered.add(new ConsumerRecord<>(
                topic,
                0,
                records,
                0,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty()));
        records++;
    }

    private void deliver(int service) {
        for (; delivered[service] < undelivered.size(); delivered[service]++) {
            lives[service].deliver(undelivered.get(delivered[service]));
        }
        int everybody = undelivered.size();
        for (int count : delivered) {
            everybody = Math.min(everybody, count);
        }
        undelivered.subList(0, everybody).clear();
        for (int i = 0; i < SERVICES; i++) {
            delivered[i] -= everybody;
        }
    }

    /**
     * Waits until the broker has all records.
     *
     * @return how many there are
     * @throws IllegalStateException if it did not take one
     */
    long flush() {
        producer.flush();
        if (failure != null) {
            throw new IllegalStateException("The broker did not take all records: topic=" + topic, failure);
        }
        return records;
    }

    /** Bytes of the last stamp. */
    int stampBytes() {
        return stampBytes;
    }

    @Override
    public void close() {
        producer.close();
        for (Stamping life : lives) {
            life.close();
        }
    }
}
