package io.antichain.node.kafka;

import io.antichain.node.protocol.Read;
import io.antichain.schemas.codec.WireCodec;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events topic in a thread of its own and hands every record over in order. It has all partitions, assigned by
 * hand: no group, so nothing is committed and nobody waits for it. Slow takers make it wait; failures make it start again
 * behind the last record that it handed over.
 */
final class LogReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    /** While partitions are held: short, as they may be wanted again at once. */
    private static final Duration HOLDING_POLL = Duration.ofMillis(20);

    /**
     * How long it rests after it found something. A fetch costs node and broker the same however many records it brings, and
     * under load they would bring one transaction each.
     */
    private static final long REST_MS = 3;

    private static final long RETRY_MS = 500;

    private final Clients clients;
    private final Decoder decoder;
    private final Inbox inbox;
    private final NodeMetrics metrics;
    private final Trouble trouble;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread;
    private volatile Set<Integer> held = Set.of();

    /**
     * @param topic the events topic
     * @param partitions how many partitions it has
     * @param positions per partition, the offset to start at; the log's start where there is none
     */
    LogReader(
            Clients clients,
            Inbox inbox,
            NodeMetrics metrics,
            Trouble trouble,
            String topic,
            int partitions,
            Map<Integer, Long> positions) {
        this.clients = clients;
        this.decoder = new Decoder(clients.deserializer(), metrics.undecodable, trouble);
        this.inbox = inbox;
        this.metrics = metrics;
        this.trouble = trouble;
        for (int partition = 0; partition < partitions; partition++) {
            next.put(new TopicPartition(topic, partition), positions.getOrDefault(partition, 0L));
        }
        this.thread = new Thread(this::run, "antichain-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads these partitions no further until told otherwise, and all others on. */
    void hold(Set<Integer> partitions) {
        held = Set.copyOf(partitions);
    }

    /** Ends the thread; what it handed over stays. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (decoder) {
            while (true) {
                try {
                    readOn();
                } catch (InterruptException e) {
                    throw e;
                } catch (KafkaException e) {
                    trouble.report("Kafka must answer to read the events topic: " + e.getMessage());
                    LOG.atWarn().addKeyValue("reason", e.toString()).log("Reading failed; trying again");
                    TimeUnit.MILLISECONDS.sleep(RETRY_MS);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Reading ends");
        }
    }

    private void holdBack(Consumer<byte[], byte[]> consumer) {
        Set<Integer> now = held;
        List<TopicPartition> toHold = next.keySet().stream()
                .filter(partition -> now.contains(partition.partition()))
                .toList();
        if (!consumer.paused().equals(Set.copyOf(toHold))) {
            consumer.resume(consumer.paused());
            consumer.pause(toHold);
        }
    }

    private void readOn() throws InterruptedException {
        Consumer<byte[], byte[]> consumer = clients.consumer();
        try (KafkaClientMetrics bound = new KafkaClientMetrics(consumer, metrics.tags())) {
            bound.bindTo(metrics.registry());
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
            while (true) {
                List<Read> batch = new ArrayList<>();
                holdBack(consumer);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(held.isEmpty() ? POLL : HOLDING_POLL)) {
                    batch.add(new Read(
                            decoder.decode(record, io.antichain.wire.Event.class, WireCodec::fromWire),
                            record.partition(),
                            record.offset()));
                }
                if (!batch.isEmpty()) {
                    inbox.handOver(batch);
                    batch.forEach(read -> next.replaceAll((partition, offset) ->
                            partition.partition() == read.partition() ? read.offset() + 1 : offset));
                    TimeUnit.MILLISECONDS.sleep(REST_MS);
                }
            }
        } finally {
            // Closing must not be cut short by the interrupt that ended the reading.
            boolean interrupted = Thread.interrupted();
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
