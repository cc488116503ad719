package io.antichain.analyzer.topology;

import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * committed records of all partitions. It shares nothing with the stream.
 *
 * <p>Of a long history it reads as much as the view can hold. Whatever fails is tried again, from the first record that was
 * not told.
 */
public final class ReaderFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_PARTITIONS_EVERY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long RETRY_AFTER_MS = 1_000;
    private static final long STOPS_WITHIN_MS = 1_000;
    private static final int RECORDS_AT_ONCE = 2_000;
    /** A transaction of one event has two offsets. */
    private static final int OFFSETS_A_RECORD = 2;

    private final AnalyzerSettings settings;
    private final SharedView view;
    private final RealPatience patience;
    private final RecordReading reading;
    private final Map<String, Object> client;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The first offset of each partition that was not told. Of the thread alone, like all below. */
    private final Map<TopicPartition, Long> untold = new HashMap<>();
    /** Where the history began, and ended, when its partition was first seen. */
    private final Map<TopicPartition, Long> begins = new HashMap<>();

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private boolean isThrough;

    private ReaderFeed(AnalyzerSettings settings, SharedView view) {
        this.settings = settings;
        this.view = view;
        StreamSettings stream = new StreamSettings(settings);
        this.patience = new RealPatience(settings.limits().unknownIdGraceMs());
        this.reading = new RecordReading(settings, stream.deserializer(), patience);
        this.client = new HashMap<>(stream.client());
        client.remove(ConsumerConfig.GROUP_ID_CONFIG);
        client.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        client.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        this.thread = new Thread(this::run, "antichain-reader");
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public static ReaderFeed start(AnalyzerSettings settings, SharedView view) {
        ReaderFeed feed = new ReaderFeed(settings, view);
        feed.thread.start();
        return feed;
    }

    /** Stops reading; at most 1 s. */
    @Override
    public void close() {
        closed.countDown();
        patience.giveUp();
        try {
            thread.join(STOPS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed(0)) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                follow(consumer);
            } catch (KafkaException | RegistryAwaitedTooLongException e) {
                if (!isClosed(RETRY_AFTER_MS)) {
                    LOG.warn("The reader reads on: failure={}", e.toString());
                }
            } catch (RuntimeException e) {
                LOG.error("The reader has failed, and answers with what it holds", e);
                String failure = e.toString();
                view.tell(told -> told.reading(Optional.of("The reader has failed: " + failure)));
                return;
            }
        }
    }

    private boolean isClosed(long waitMs) {
        try {
            return closed.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Reads until closed, or until there are more partitions. */
    private void follow(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = partitions(consumer);
        begin(consumer, partitions);
        InStep inStep = new InStep();
        long lookNs = System.nanoTime();
        while (!isClosed(0)) {
            consumer.poll(partitions.isEmpty() ? Duration.ZERO : POLL).forEach(inStep::add);
            Set<TopicPartition> awaited = new HashSet<>(partitions);
            awaited.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            while (tell(inStep, awaited)) {
                progress(awaited);
            }
            progress(awaited);
            Set<TopicPartition> full = inStep.full();
            consumer.resume(partitions);
            consumer.pause(full);
            if (System.nanoTime() - lookNs > LOOK_FOR_PARTITIONS_EVERY.toNanos()) {
                lookNs = System.nanoTime();
                if (!partitions(consumer).equals(partitions)) {
                    return;
                }
            }
        }
    }

    private Set<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        List<String> topics = new ArrayList<>(settings.eventsTopics());
        topics.addAll(List.of(
                settings.topics().conflicts(),
                settings.topics().anomalies(),
                settings.topics().deadLetters()));
        for (String topic : topics) {
            consumer.partitionsFor(topic, LOOK)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    private void begin(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> newest = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long wanted = newest.get(partition) - OFFSETS_A_RECORD * (long) most(partition.topic());
            untold.putIfAbsent(partition, Math.max(oldest.get(partition), wanted));
            begins.putIfAbsent(partition, untold.get(partition));
            ends.putIfAbsent(partition, newest.get(partition));
            consumer.seek(partition, untold.get(partition));
        }
    }

    /** How many records of a topic's partition the view holds at most. */
    private int most(String topic) {
        return settings.eventsTopics().contains(topic)
                ? settings.limits().reader().events()
                : settings.limits().reader().conflicts();
    }

    /** Tells the view the next records; whether there may be more. */
    private boolean tell(InStep inStep, Set<TopicPartition> awaited) {
        List<Consumer<View>> news = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        Optional<ConsumerRecord<byte[], byte[]>> record = Optional.empty();
        while (news.size() < RECORDS_AT_ONCE && (record = inStep.next(awaited)).isPresent()) {
            ConsumerRecord<byte[], byte[]> read = record.get();
            news.add(reading.read(read));
            next.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1);
        }
        if (!news.isEmpty()) {
            view.tell(told -> {
                news.forEach(record1 -> record1.accept(told));
                if (isThrough) {
                    told.settle();
                }
            });
            untold.putAll(next);
        }
        return record.isPresent();
    }

    private void progress(Set<TopicPartition> awaited) {
        if (isThrough) {
            return;
        }
        isThrough = awaited.isEmpty();
        view.tell(told -> {
            if (isThrough) {
                told.settle();
            }
            told.reading(isThrough ? Optional.empty() : Optional.of(historySoFar()));
        });
    }

    private String historySoFar() {
        long read = 0;
        long all = 0;
        for (TopicPartition partition : ends.keySet()) {
            read += untold.get(partition) - begins.get(partition);
            all += ends.get(partition) - begins.get(partition);
        }
        return "The reader reads the history: " + read + " of " + all + " offsets";
    }
}
