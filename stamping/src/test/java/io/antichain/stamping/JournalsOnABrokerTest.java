package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services on a real broker: instances, threads and producers, half of them transactional with aborts, lives that end in the middle,
 * rebalances. The stamps in the log are held against what the applications noted themselves. -Dstamping.records=N for longer.
 */
@Timeout(1_800)
class JournalsOnABrokerTest {
    private static final int RECORDS = Integer.getInteger("stamping.records", 1_000);
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);

    @TempDir
    Path folder;

    private final Journal journal = new Journal();

    @Test
    void theStampsInTheLogSayWhatTheApplicationsWereHandedAndSent() throws Exception {
        System.out.println("JournalsOnABrokerTest: -Dantichain.seed=" + SEED + " -Dstamping.records=" + RECORDS);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("orders", 3, (short) 1), new NewTopic("stock", 2, (short) 1)))
                    .all()
                    .get(5, TimeUnit.MINUTES);
            runServices(broker.bootstrapServers());
            List<JournalOracle.Landed> landed = readAll(broker.bootstrapServers(), admin);
            JournalOracle oracle = new JournalOracle(journal, landed);
            System.out.printf(
                    "JournalsOnABrokerTest: lives=%d, records=%d, pairs that had to be known=%d, known=%d%n",
                    journal.began.size(), landed.size(), oracle.required, oracle.claimed);
            assertThat(oracle.faults).as("seed %d", SEED).isEmpty();
            assertThat(landed.size()).isGreaterThan(RECORDS / 3);
            assertThat(oracle.required).isGreaterThan(RECORDS);
            assertThat(journal.began.size()).isGreaterThan(6);
        }
    }

    private void runServices(String bootstrapServers) throws Exception {
        AtomicInteger left = new AtomicInteger(RECORDS);
        List<JournaledService.Plan> plans = List.of(
                new JournaledService.Plan("orders-1", "orders", "stock", "orders", true, 1),
                new JournaledService.Plan("orders-2", "orders", "stock", "orders", true, 1),
                new JournaledService.Plan("stock-1", "stock", "orders", "stock", false, 3),
                new JournaledService.Plan("stock-2", "stock", "orders", "stock", false, 1),
                new JournaledService.Plan("import", "import", "", "orders", false, 2));
        ExecutorService threads = Executors.newFixedThreadPool(plans.size());
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                runs.add(threads.submit(new JournaledService(plans.get(i), bootstrapServers, journal, left, SEED + i)));
            }
            for (Future<?> run : runs) {
                run.get(25, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** All committed records, up to the high watermarks. */
    private static List<JournalOracle.Landed> readAll(String bootstrapServers, Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int p = 0; p < 3; p++) {
            latest.put(new TopicPartition("orders", p), OffsetSpec.latest());
        }
        for (int p = 0; p < 2; p++) {
            latest.put(new TopicPartition("stock", p), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get(5, TimeUnit.MINUTES).forEach((p, end) -> ends.put(p, end.offset()));
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<JournalOracle.Landed> landed = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Set<TopicPartition> open = new HashSet<>(ends.keySet());
            while (!open.isEmpty()) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    landed.add(new JournalOracle.Landed(
                            record.value(),
                            new TopicPartition(record.topic(), record.partition()),
                            record.offset(),
                            TestClients.stampOf(record.headers())));
                }
                open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            }
        }
        return landed;
    }
}
