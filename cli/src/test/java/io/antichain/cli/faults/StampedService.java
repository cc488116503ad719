package io.antichain.cli.faults;

import io.antichain.cli.faults.ServicePlan.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One life of a service's instance as a program: {@code StampedService NAME LIFE LEVEL BOOTSTRAP JOURNAL SEED}. One thread reads, and
 * sends by two producers, until it is told to end or does not know what became of a commit.
 */
final class StampedService implements AutoCloseable {
    private static final int PRODUCERS = 2;
    private static final int KEYS = 40;
    private static final int MOST_PAUSE_MS = 500;
    private static final Duration POLL = Duration.ofMillis(100);
    /** How many records an instance sends in a second, at most. */
    private static final double RATE = 8;

    private final ServicePlan plan;
    private final String life;
    private final Level level;
    private final ServiceJournal journal;
    private final Random random;
    private final ServiceClients clients;
    private final List<Producer<String, String>> producers = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private volatile boolean isStopping;
    private int sends;

    private StampedService(ServicePlan plan, String life, Level level, String bootstrap, Path journal, long seed)
            throws Exception {
        this.plan = plan;
        this.life = life;
        this.level = level;
        this.journal = new ServiceJournal(journal);
        this.random = new Random(seed);
        this.clients = new ServiceClients(plan, level, bootstrap);
    }

    public static void main(String[] arguments) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (StampedService service = new StampedService(
                ServicePlan.named(arguments[0]),
                arguments[0] + "." + arguments[1],
                Level.valueOf(arguments[2]),
                arguments[3],
                Path.of(arguments[4]),
                Long.parseLong(arguments[5]))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                service.isStopping = true;
                try {
                    if (!ended.await(30, TimeUnit.SECONDS)) {
                        System.out.println("It did not end in time: life=" + service.life);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            service.run();
        } finally {
            ended.countDown();
        }
    }

    private void run() throws Exception {
        for (int i = 0; i < PRODUCERS; i++) {
            producers.add(clients.producer(i));
            if (plan.isTransactional()) {
                producers.get(i).initTransactions();
            }
        }
        if (plan.from().isEmpty()) {
            while (!isStopping) {
                sendIfMay(anyProducer());
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
            return;
        }
        try (Consumer<String, String> consumer = clients.consumer()) {
            consumer.subscribe(plan.from(), assignments(consumer));
            while (!isStopping) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MS)); // so that polls have more than one record
                ConsumerRecords<String, String> records = consumer.poll(POLL);
                if (level == Level.INTERCEPTORS) {
                    journal.polled(records); // a wrapped consumer would take this look for handing out
                }
                if (plan.isTransactional()) {
                    workInTransaction(consumer, records);
                } else {
                    work(consumer, records);
                }
            }
        }
    }

    private ConsumerRebalanceListener assignments(Consumer<?, ?> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                Map<TopicPartition, Long> found = new HashMap<>();
                Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(new HashSet<>(partitions));
                partitions.forEach(partition -> found.put(
                        partition,
                        offsets.get(partition) == null
                                ? -1
                                : offsets.get(partition).offset()));
                journal.assigned(consumer.groupMetadata().generationId(), found);
            }
        };
    }

    private void work(Consumer<String, String> consumer, ConsumerRecords<String, String> records) {
        hand(records, () -> sendIfMay(anyProducer()));
        sendIfMay(anyProducer());
        if (random.nextInt(3) > 0) {
            commit(consumer, records);
        }
    }

    /** With offsets or without, as applications do; whether it was done is not known where the group has moved on. */
    private void commit(Consumer<String, String> consumer, ConsumerRecords<String, String> records) {
        boolean isOfAll = random.nextBoolean();
        Map<TopicPartition, Long> offsets = isOfAll ? positions(consumer) : offsets(records.nextOffsets());
        if (offsets.isEmpty()) {
            return;
        }
        int attempt = journal.committing(offsets);
        try {
            if (isOfAll) {
                consumer.commitSync();
            } else {
                consumer.commitSync(records.nextOffsets());
            }
            journal.committed(attempt);
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // It may have been the second try of a request that was answered too late.
        }
    }

    private static Map<TopicPartition, Long> positions(Consumer<?, ?> consumer) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            try {
                positions.put(partition, consumer.position(partition, Duration.ZERO));
            } catch (TimeoutException e) {
                // It has none yet.
            }
        }
        return positions;
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Long> plain = new HashMap<>();
        offsets.forEach((partition, offset) -> plain.put(partition, offset.offset()));
        return plain;
    }

    /** Two transactions at once, of which the first has the offsets; each is aborted by chance, or where its batches expired. */
    private void workInTransaction(Consumer<String, String> consumer, ConsumerRecords<String, String> records) {
        if (records.isEmpty() && !may()) {
            return;
        }
        List<ServiceTransaction> both = new ArrayList<>();
        int first = random.nextInt(PRODUCERS);
        both.add(new ServiceTransaction(producers.get(first), journal));
        both.add(new ServiceTransaction(producers.get(PRODUCERS - 1 - first), journal));
        Map<TopicPartition, Long> begins = hand(records, () -> sendIfMay(both.get(random.nextInt(PRODUCERS))));
        both.forEach(this::sendIfMay);
        if (!records.isEmpty()) {
            both.get(0).offsets(records.nextOffsets(), offsets(records.nextOffsets()), consumer.groupMetadata());
        }
        if (!both.get(0).end(random.nextInt(4) == 0)) {
            begins.keySet().retainAll(consumer.assignment());
            begins.forEach(consumer::seek);
        }
        both.get(1).end(random.nextInt(4) == 0);
    }

    /** Handles records one by one; answers with the first offset of each partition. */
    private Map<TopicPartition, Long> hand(ConsumerRecords<String, String> records, Runnable handler) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Iterator<ConsumerRecord<String, String>> each = records.iterator();
        while (each.hasNext()) {
            ConsumerRecord<String, String> record = each.next();
            journal.handed(record);
            begins.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset());
            if (random.nextInt(3) == 0) {
                handler.run();
            }
        }
        return begins;
    }

    private Producer<String, String> anyProducer() {
        return producers.get(random.nextInt(PRODUCERS));
    }

    private boolean may() {
        return sends < RATE * (System.nanoTime() - beganNs) / 1e9;
    }

    private void sendIfMay(ServiceTransaction transaction) {
        if (may()) {
            transaction.begin();
            transaction.sent(send(transaction.producer()));
        }
    }

    private void sendIfMay(Producer<String, String> producer) {
        if (may()) {
            send(producer);
        }
    }

    private String send(Producer<String, String> producer) {
        String value = life + "#" + ++sends;
        ProducerRecord<String, String> record = new ProducerRecord<>(plan.to(), "key " + random.nextInt(KEYS), value);
        if (sends > 1) {
            send(producer, record);
            return value;
        }
        try (Admin admin = clients.admin()) {
            journal.endsBefore(plan.to(), ends(admin));
            send(producer, record);
            journal.endsAfter(plan.to(), ends(admin));
        }
        return value;
    }

    private void send(Producer<String, String> producer, ProducerRecord<String, String> record) {
        String value = record.value();
        journal.sent(value);
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                journal.failed(value, failure);
            } else if (!plan.isTransactional()) {
                journal.acknowledged(value);
            }
        });
    }

    private Map<TopicPartition, Long> ends(Admin admin) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        producers
                .get(0)
                .partitionsFor(plan.to())
                .forEach(partition ->
                        latest.put(new TopicPartition(plan.to(), partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
        return ends;
    }

    @Override
    public void close() throws Exception {
        producers.forEach(producer -> producer.close(Duration.ofSeconds(5)));
        clients.close();
        journal.close();
    }
}
