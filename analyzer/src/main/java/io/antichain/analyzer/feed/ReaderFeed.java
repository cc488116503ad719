package io.antichain.analyzer.feed;

import io.antichain.analyzer.decode.RealPatience;
import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.kafka.KafkaRefusal;
import io.antichain.schemas.registry.ConfiguredSerializers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a view what stands in the topics and what comes: a thread with a consumer of its own, in no group, that reads
 * committed records of all partitions. It shares nothing with the stream. Whatever fails is tried again, from the first
 * record that was not told.
 *
 * <p>While the stream is so far behind that what it finds now would be out of view before it is through, the reader leaves
 * its findings alone: it would take processor time from it for nothing.
 */
public final class ReaderFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_PARTITIONS_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK_FOR_LAG_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long RETRY_AFTER_MS = 1_000;
    private static final long STREAM_STEP_MS = 50;
    private static final long STOPS_WITHIN_MS = 1_000;
    private static final int RECORDS_AT_ONCE = 2_000;

    private final AnalyzerSettings settings;
    private final SharedView view;
    private final Set<String> sources;
    private final BooleanSupplier streamHasBegun;
    private final LongSupplier streamLag;
    private final RealPatience patience;
    private final RecordReading reading;
    private final ReaderPositions positions;
    private final Map<String, Object> client;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<KafkaConsumer<byte[], byte[]>> current = Optional.empty();
    private boolean isThrough;

    private ReaderFeed(
            AnalyzerSettings settings, SharedView view, BooleanSupplier streamHasBegun, LongSupplier streamLag) {
        this.settings = settings;
        this.sources = Set.copyOf(settings.sources());
        this.view = view;
        this.streamHasBegun = streamHasBegun;
        this.streamLag = streamLag;
        this.patience = new RealPatience(settings.limits().unknownIdGraceMs());
        this.reading = new RecordReading(settings, ConfiguredSerializers.values(settings.client()), patience);
        this.positions = new ReaderPositions(this::most);
        this.client = client(settings);
        this.thread = new Thread(this::run, "antichain-reader");
        thread.setDaemon(true);
    }

    /**
     * Begins to read, once the stream does: until then its engines need the processor.
     *
     * @param streamHasBegun whether the stream reads, or has failed
     * @param streamLag how many events the stream has not read yet
     */
    public static ReaderFeed start(
            AnalyzerSettings settings, SharedView view, BooleanSupplier streamHasBegun, LongSupplier streamLag) {
        ReaderFeed feed = new ReaderFeed(settings, view, streamHasBegun, streamLag);
        feed.thread.start();
        return feed;
    }

    /** Stops reading; at most 1 s. */
    @Override
    public void close() {
        closed.countDown();
        patience.giveUp();
        current.ifPresent(KafkaConsumer::wakeup);
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> client(AnalyzerSettings settings) {
        Map<String, Object> client = ConfiguredSerializers.without(settings.client());
        client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        client.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        client.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        return client;
    }

    private int most(String topic) {
        return sources.contains(topic)
                ? settings.limits().reader().events()
                : settings.limits().reader().conflicts();
    }

    private void run() {
        awaitStream();
        while (!isClosed(0)) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                current = Optional.of(consumer);
                follow(consumer);
            } catch (KafkaException | RegistryAwaitedTooLongException e) {
                KafkaRefusal.sentence(e, client).ifPresent(this::refused);
                if (!isClosed(RETRY_AFTER_MS)) {
                    LOG.warn("The reader reads on: failure={}", e.toString());
                }
            } catch (RuntimeException e) {
                LOG.error("The reader has failed, and answers with what it holds", e);
                view.tell(told -> told.reading(Optional.of("The reader has failed: " + e)));
                return;
            }
        }
    }

    /** It asks again, as rights may be given any time; until then the history is not all there. */
    private void refused(String sentence) {
        isThrough = false;
        view.tell(told -> told.reading(Optional.of(sentence)));
    }

    private void awaitStream() {
        while (!streamHasBegun.getAsBoolean() && !isClosed(STREAM_STEP_MS)) {}
    }

    private boolean isClosed(long waitMs) {
        try {
            return closed.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Reads until closed, or until there are other partitions. */
    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = partitions(consumer);
        positions.begin(consumer, partitions);
        InStep inStep = new InStep();
        Set<TopicPartition> left = Set.of();
        long partitionsAtNs = System.nanoTime();
        long lagAtNs = partitionsAtNs - LOOK_FOR_LAG_EVERY.toNanos();
        while (!isClosed(0)) {
            if (System.nanoTime() - lagAtNs > LOOK_FOR_LAG_EVERY.toNanos()) {
                lagAtNs = System.nanoTime();
                left = left(partitions);
                skip(consumer, partitions);
            }
            consumer.resume(partitions);
            consumer.pause(Stream.concat(inStep.full().stream(), left.stream()).toList());
            consumer.poll(POLL).forEach(inStep::add);
            Set<TopicPartition> awaited = positions.unfinished(consumer, partitions);
            awaited.removeAll(left);
            while (tell(inStep, awaited)) {
                progress(false);
            }
            progress(awaited.isEmpty());
            if (System.nanoTime() - partitionsAtNs > LOOK_FOR_PARTITIONS_EVERY.toNanos()) {
                partitionsAtNs = System.nanoTime();
                if (!partitions(consumer).equals(partitions)) {
                    return;
                }
            }
        }
    }

    private Set<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : settings.allTopics()) {
            consumer.partitionsFor(topic, LOOK)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /** What is left alone for now: the stream's findings, while it is further behind than the view reaches. */
    private Set<TopicPartition> left(Set<TopicPartition> partitions) {
        Set<TopicPartition> left = new HashSet<>();
        if (streamLag.getAsLong() > settings.limits().reader().events()) {
            left.addAll(partitions);
            left.removeIf(partition -> sources.contains(partition.topic()));
        }
        return left;
    }

    private void skip(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        long skipped = positions.skip(consumer, partitions);
        if (skipped > 0) {
            LOG.info("The reader was too far behind for what it can hold, and skips: offsets={}", skipped);
        }
    }

    /** Tells the view the next records; whether there may be more. */
    private boolean tell(InStep inStep, Set<TopicPartition> awaited) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Consumer<View>> news = new ArrayList<>();
        Optional<ConsumerRecord<byte[], byte[]>> next = Optional.empty();
        while (records.size() < RECORDS_AT_ONCE && (next = inStep.next(awaited)).isPresent()) {
            records.add(next.get());
            news.add(reading.read(next.get()));
        }
        if (!news.isEmpty()) {
            view.tell(told -> {
                news.forEach(one -> one.accept(told));
                if (isThrough) {
                    told.settle();
                }
            });
            records.forEach(positions::told);
        }
        return next.isPresent();
    }

    private void progress(boolean isAtEnd) {
        if (isThrough) {
            return;
        }
        isThrough = isAtEnd;
        view.tell(told -> {
            if (isThrough) {
                told.settle();
            }
            told.reading(isThrough ? Optional.empty() : Optional.of(positions.progress()));
        });
    }
}
