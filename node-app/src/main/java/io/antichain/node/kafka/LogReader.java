package io.antichain.node.kafka;

import io.antichain.node.protocol.Read;
import io.antichain.node.state.Footprint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events topic in a thread of its own and hands every record over in order. It has all partitions, assigned by
 * hand: no group, so nothing is committed and nobody waits for it. Slow takers make it wait; failures of Kafka make it start
 * again behind the last record that it handed over. Any other failure ends it, and the writer thread is told.
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

    /** Records are handed over when they take so much, if not before. */
    private static final long HAND_OVER_BYTES = Inbox.READ_BYTES / 2;

    private final Clients clients;
    private final LogRecordDecoder decoder;
    private final Inbox inbox;
    private final NodeMetrics metrics;
    private final WaitReason waitReason;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Thread thread;
    private volatile Set<Integer> held = Set.of();
    private volatile boolean closed;
    private List<Read> batch = new ArrayList<>();
    private long batchBytes;

    /**
     * @param topic the events topic
     * @param positions of every partition, the offset to start at
     */
    LogReader(
            Clients clients,
            Inbox inbox,
            NodeMetrics metrics,
            WaitReason waitReason,
            String topic,
            Map<Integer, Long> positions) {
        this.clients = clients;
        this.decoder = new LogRecordDecoder(clients.deserializer(), metrics.undecodable, waitReason);
        this.inbox = inbox;
        this.metrics = metrics;
        this.waitReason = waitReason;
        positions.forEach((partition, offset) -> next.put(new TopicPartition(topic, partition), offset));
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
        closed = true;
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
                } catch (InterruptException | OffsetOutOfRangeException e) {
                    throw e;
                } catch (KafkaException e) {
                    waitReason.report("Kafka must answer to read the events topic: " + e.getMessage());
                    TimeUnit.MILLISECONDS.sleep(RETRY_MS);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Reading ends");
        } catch (Throwable e) {
            if (!closed) {
                inbox.readerFailed(e);
            }
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
        Consumer<byte[], byte[]> consumer = clients.consumer("none");
        batch = new ArrayList<>();
        batchBytes = 0;
        try (KafkaClientMetrics bound = new KafkaClientMetrics(consumer, metrics.tags())) {
            bound.bindTo(metrics.registry());
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
            while (true) {
                holdBack(consumer);
                try {
                    poll(consumer);
                } catch (LogTruncationException e) {
                    throw e;
                } catch (OffsetOutOfRangeException e) {
                    leaveBehindWhatIsDeleted(consumer, e);
                }
                if (!batch.isEmpty()) {
                    handOver();
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

    private void poll(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        Map<TopicPartition, Long> read = new HashMap<>(next);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(held.isEmpty() ? POLL : HOLDING_POLL)) {
            Optional<Event> event = decoder.event(record).value().filter(each -> each.kind() == Kind.MESSAGE);
            add(new Read(event, record.partition(), record.offset()));
            read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        // Behind the last record stand transactions' markers: who waits for a high watermark must get past them.
        read.forEach((partition, end) -> {
            long position = consumer.position(partition);
            if (position > end) {
                batch.add(new Read(Optional.empty(), partition.partition(), position - 1));
            }
        });
    }

    private void add(Read read) throws InterruptedException {
        batch.add(read);
        batchBytes += read.event().map(Footprint::bytes).orElse(0L);
        if (batchBytes >= HAND_OVER_BYTES) {
            handOver();
        }
    }

    private void handOver() throws InterruptedException {
        inbox.handOver(batch, batchBytes);
        batch.forEach(read -> next.replaceAll(
                (partition, offset) -> partition.partition() == read.partition() ? read.offset() + 1 : offset));
        batch = new ArrayList<>();
        batchBytes = 0;
    }

    /** Retention was faster than this node: it reads on where the log begins now. A log that ends too early is another one. */
    private void leaveBehindWhatIsDeleted(Consumer<byte[], byte[]> consumer, OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> positions = gone.offsetOutOfRangePartitions();
        consumer.beginningOffsets(positions.keySet()).forEach((partition, start) -> {
            long missed = start - positions.get(partition);
            if (missed <= 0) {
                throw gone;
            }
            batch.add(new Read(Optional.empty(), partition.partition(), start - 1, missed));
            consumer.seek(partition, start);
        });
    }
}
