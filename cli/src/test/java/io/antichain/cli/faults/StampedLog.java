package io.antichain.cli.faults;

import static org.awaitility.Awaitility.await;

import io.antichain.clocks.StampHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The services' topics. */
final class StampedLog {
    static final List<String> TOPICS = List.of("orders", "stock");

    private static final int PARTITIONS = 3;
    private static final long ANSWERS_WITHIN_MINUTES = 5;

    private final String bootstrap;

    StampedLog(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Creates the topics; they can be written when it returns. */
    void create() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(Stream.concat(TOPICS.stream(), ServicePlan.PATTERN.from().stream())
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get(ANSWERS_WITHIN_MINUTES, TimeUnit.MINUTES);
            await().atMost(ANSWERS_WITHIN_MINUTES, TimeUnit.MINUTES)
                    .ignoreExceptions() // the broker may not have told itself yet
                    .until(() -> !ends(admin).isEmpty());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", 300_000));
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (String topic : TOPICS) {
            for (int p = 0; p < PARTITIONS; p++) {
                latest.put(new TopicPartition(topic, p), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get(ANSWERS_WITHIN_MINUTES, TimeUnit.MINUTES)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** All committed records, up to the high watermarks: open transactions are waited for. */
    List<StampedRecord> read() throws Exception {
        try (Admin admin = admin();
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            Map<TopicPartition, Long> ends = ends(admin);
            List<StampedRecord> records = new ArrayList<>();
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Set<TopicPartition> open = new HashSet<>(ends.keySet());
            long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(ANSWERS_WITHIN_MINUTES);
            while (!open.isEmpty()) {
                if (System.nanoTime() > deadlineNs) {
                    throw new IllegalStateException("The log could not be read to its end: partitions=" + open
                            + "; look for a transaction that stays open");
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(stamped(record)));
                open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
            return records;
        }
    }

    private static StampedRecord stamped(ConsumerRecord<String, String> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Header header = record.headers().lastHeader(StampHeader.NAME);
        return new StampedRecord(
                record.value(),
                record.key(),
                ServiceJournal.place(partition, record.offset()),
                partition.toString(),
                record.offset(),
                Optional.ofNullable(header).map(found -> StampHeader.read(found.value())));
    }
}
