package io.antichain.stamping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An instance of a service on a broker: it reads one topic, writes another, starts again and again, and keeps a journal. */
final class JournaledService implements Runnable {
    /** How an instance works. */
    record Plan(String name, String group, String from, String to, boolean isTransactional, int threads) {}

    private final Plan plan;
    private final String bootstrapServers;
    private final Journal journal;
    private final AtomicInteger left;
    private final Random random;
    private final Lives lives = new Lives(KafkaSurroundings::new, false);
    private final AtomicInteger numbers = new AtomicInteger();

    // Of the present life.
    private String life = "";
    private long pollBegan;

    /**
     * An instance.
     *
     * @param left how many records all services together have still to send
     */
    JournaledService(Plan plan, String bootstrapServers, Journal journal, AtomicInteger left, long seed) {
        this.plan = plan;
        this.bootstrapServers = bootstrapServers;
        this.journal = journal;
        this.left = left;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (left.get() > 0) {
            live();
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("antichain.process", plan.name());
        properties.put("group.id", plan.group());
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "20");
        return properties;
    }

    private StampingProducer<String, String> producer(Stamping stamping, int number) {
        Map<String, Object> properties = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "1"));
        if (plan.isTransactional()) {
            properties.put("transactional.id", plan.name() + "-" + number);
        }
        return stamping.wrap(
                new KafkaProducer<String, String>(properties, new StringSerializer(), new StringSerializer()));
    }

    /** One life: it ends after some polls without a word to anybody, in the middle of what it does. */
    private void live() {
        life = journal.begin(plan.name());
        Stamping stamping = Stamping.open(properties(), lives);
        List<StampingProducer<String, String>> producers = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            producers.add(producer(stamping, i));
            if (plan.isTransactional()) {
                producers.get(i).initTransactions();
            }
        }
        try {
            if (plan.from().isEmpty()) {
                sendFromAllThreads(producers);
            } else {
                read(stamping, producers);
            }
        } finally {
            boolean isKilled = random.nextBoolean();
            producers.forEach(producer -> producer.close(isKilled ? Duration.ZERO : Duration.ofMinutes(1)));
            stamping.close();
        }
    }

    private void read(Stamping stamping, List<StampingProducer<String, String>> producers) {
        try (DeliveringConsumer<String, String> consumer = stamping.wrap(
                new KafkaConsumer<String, String>(properties(), new StringDeserializer(), new StringDeserializer()))) {
            consumer.subscribe(List.of(plan.from()), listener(consumer));
            for (int polls = 5 + random.nextInt(40); polls > 0 && left.get() > 0; polls--) {
                pollBegan = journal.moment();
                work(consumer, consumer.poll(Duration.ofMillis(50)), producers);
            }
        }
    }

    private ConsumerRebalanceListener listener(DeliveringConsumer<String, String> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(new HashSet<>(partitions));
                for (TopicPartition partition : partitions) {
                    OffsetAndMetadata offset = offsets.get(partition);
                    journal.assigned.add(new Journal.Assigned(
                            life, partition, offset == null ? 0 : offset.offset(), pollBegan, journal.moment()));
                }
            }
        };
    }

    private void work(
            DeliveringConsumer<String, String> consumer,
            ConsumerRecords<String, String> records,
            List<StampingProducer<String, String>> producers) {
        if (plan.isTransactional()) {
            workInTransaction(consumer, records, producers.get(0));
            return;
        }
        hand(records, () -> {});
        sendFromAllThreads(producers);
        if (!records.isEmpty() && random.nextInt(3) > 0) {
            commit(consumer);
        }
    }

    private void workInTransaction(
            DeliveringConsumer<String, String> consumer,
            ConsumerRecords<String, String> records,
            StampingProducer<String, String> producer) {
        producer.beginTransaction();
        List<String> values = new ArrayList<>();
        Map<TopicPartition, Long> firsts = hand(records, () -> values.add(send(producer, plan.to())));
        values.add(send(producer, plan.to()));
        long begin = journal.moment();
        boolean isAborted = random.nextInt(4) == 0;
        try {
            if (!records.isEmpty()) {
                producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
            }
        } catch (CommitFailedException e) {
            isAborted = true; // the partitions are somebody else's by now
        }
        if (isAborted) {
            producer.abortTransaction();
            firsts.keySet().retainAll(consumer.assignment());
            firsts.forEach(consumer::seek);
            return;
        }
        producer.commitTransaction();
        long end = journal.moment();
        values.forEach(value -> journal.acknowledged.put(value, end));
        journal.committed.add(new Journal.Committed(life, records.partitions(), begin, end));
    }

    private void commit(DeliveringConsumer<String, String> consumer) {
        long begin = journal.moment();
        Set<TopicPartition> partitions = consumer.assignment();
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // It may have been committed, or not.
        }
        journal.committed.add(new Journal.Committed(life, partitions, begin, journal.moment()));
    }

    /** Handles records one by one; answers with the first offset of each partition. */
    private Map<TopicPartition, Long> hand(ConsumerRecords<String, String> records, Runnable handler) {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        Iterator<ConsumerRecord<String, String>> each = records.iterator();
        while (each.hasNext()) {
            long begin = journal.moment();
            ConsumerRecord<String, String> record = each.next();
            journal.handed.add(new Journal.Handed(record.value(), life, begin, journal.moment()));
            firsts.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset());
            if (random.nextInt(3) == 0) {
                handler.run();
            }
        }
        return firsts;
    }

    private void sendFromAllThreads(List<StampingProducer<String, String>> producers) {
        List<Thread> threads = new ArrayList<>();
        for (StampingProducer<String, String> producer : producers) {
            int times = plan.from().isEmpty() ? 20 : random.nextInt(4);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < times; i++) {
                    send(producer, plan.to());
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String send(StampingProducer<String, String> producer, String topic) {
        int number = numbers.incrementAndGet();
        String value = life + "#" + number;
        String key = "key " + number % 7;
        long begin = journal.moment();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure == null && !plan.isTransactional()) {
                journal.acknowledged.put(value, journal.moment());
            }
        });
        journal.sent.add(new Journal.Sent(value, life, topic, begin, journal.moment()));
        left.decrementAndGet();
        return value;
    }
}
