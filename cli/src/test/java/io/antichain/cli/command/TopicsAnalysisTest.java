package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.decode.OrderRecord;
import io.antichain.analyzer.decode.PairConditions;
import io.antichain.analyzer.order.Message;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.StampedRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in topics of any payload and any number of partitions, analyzed without leaving a trace. */
@Timeout(900)
class TopicsAnalysisTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_261_128L);
    private static final int EVENTS = 600;
    private static final int KEYS = 20;
    private static final Map<String, Integer> TOPICS = Map.of("orders", 6, "stock", 12);

    /** What was published, for the definition. */
    private record Published(Stamp stamp, String key, String topic, String region) {
        boolean isConcurrentWith(Published other) {
            return stamp.event().order(other.stamp.event()) == CausalOrder.CONCURRENT;
        }
    }

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static final List<Published> PUBLISHED = new ArrayList<>();

    private static final AtomicInteger ANALYZERS = new AtomicInteger();

    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void publish() throws Exception {
        System.out.println("TopicsAnalysisTest: -Dantichain.seed=" + SEED);
        Random random = new Random(SEED);
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<NewTopic> topics = new ArrayList<>(List.of(
                    new NewTopic("unstamped", 3, (short) 1),
                    new NewTopic("empty", 1, (short) 1),
                    new NewTopic("sales", 4, (short) 1)));
            TOPICS.forEach((topic, partitions) -> topics.add(new NewTopic(topic, partitions, (short) 1)));
            admin.createTopics(topics).all().get();
            // A first batch that comes before the leader, and is tried again after the second, is refused for ever.
            Map<TopicPartition, OffsetSpec> partitions = topics.stream()
                    .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                            .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            await().atMost(Duration.ofMinutes(4))
                    .ignoreExceptions()
                    .until(() -> admin.listOffsets(partitions).all().get().size() == partitions.size());
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            VectorClock[] clocks = new VectorClock[5];
            Arrays.fill(clocks, VectorClock.empty());
            for (int i = 0; i < EVENTS; i++) {
                int service = random.nextInt(clocks.length);
                ProcessId process = ProcessId.of("service-" + service);
                clocks[service] = clocks[service].tick(process);
                if (random.nextInt(10) == 0) {
                    clocks[service] = clocks[service].tick(process); // a number whose send failed
                }
                Stamp stamp = new Stamp(
                        new Dot(process, clocks[service].get(process)), clocks[service], new LamportTimestamp(i));
                String key = "k" + random.nextInt(KEYS);
                String topic = random.nextBoolean() ? "orders" : "stock";
                String region = List.of("east", "west", "").get(random.nextInt(3));
                PUBLISHED.add(new Published(stamp, key, topic, region));
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        random.nextInt(TOPICS.get(topic)),
                        key.getBytes(StandardCharsets.UTF_8),
                        random.nextBoolean() ? new byte[] {0, 1, 2} : "{}".getBytes(StandardCharsets.UTF_8));
                record.headers().add(StampHeader.NAME, BinaryForm.encode(stamp));
                if (!region.isEmpty()) {
                    record.headers().add("region", region.getBytes(StandardCharsets.UTF_8));
                }
                sent.add(producer.send(record));
                ProducerRecord<byte[], byte[]> byKey = new ProducerRecord<>("sales", record.key(), record.value());
                record.headers().forEach(byKey.headers()::add);
                sent.add(producer.send(byKey));
                int other = random.nextInt(clocks.length);
                clocks[other] = random.nextInt(3) == 0 ? clocks[other].merge(clocks[service]) : clocks[other];
            }
            for (int i = 0; i < 20; i++) {
                sent.add(producer.send(
                        new ProducerRecord<>("unstamped", "{\"order\":1}".getBytes(StandardCharsets.UTF_8))));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everyPairOverTwoTopicsAndManyPartitionsIsFoundAndNothingIsLeftBehind() throws Exception {
        Set<String> before = standing();
        assertThat(analyze("--topics", "orders,stock", "-o", "json"))
                .as(commands.err())
                .isZero();
        JsonNode counts = new ObjectMapper().readTree(commands.out());
        assertThat(counts.get("events").asLong()).isEqualTo(EVENTS);
        assertThat(counts.get("concurrentPairs").asLong()).as("seed=%d", SEED).isEqualTo(pairs(false));
        assertThat(counts.get("anomalies"))
                .as("numbers left out are not missing")
                .isEmpty();
        assertThat(commands.err()).contains("Records read: " + EVENTS + System.lineSeparator());
        assertThat(standing()).as("groups and topics").isEqualTo(before);
    }

    @Test
    void inScopeKeyConflictsAreFoundAcrossTopics() throws Exception {
        assertThat(analyze("--topics", "orders,stock", "--scope", "key", "-o", "json"))
                .as(commands.err())
                .isZero();
        assertThat(countedPairs()).as("seed=%d", SEED).isEqualTo(pairs(true)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"sales, KEY", "orders:stock, KEY", "orders:stock, ALL", "sales, ALL"})
    void verifyAgreesWithAnAnalyzerThatFollowsTopicsOfStampedRecords(String read, Scope scope) {
        verify(List.of(read.split(":")), scope, PairConditions.NONE, pairs(scope == Scope.KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "sales, KEY, header.region!=other",
        "orders:stock, KEY, header.region=other",
        "orders:stock, ALL, topic!=other",
        "orders:stock, ALL, key!=k7"
    })
    void verifyAgreesWithAnAnalyzerThatReportsOnlySomePairs(String read, Scope scope, String condition)
            throws Exception {
        BiPredicate<Published, Published> counts =
                switch (condition) {
                    case "header.region!=other" -> (one, other) -> !one.region.equals(other.region);
                    case "header.region=other" -> (one, other) -> one.region.equals(other.region);
                    case "topic!=other" -> (one, other) -> !one.topic.equals(other.topic);
                    default -> (one, other) -> !one.key.equals("k7") && !other.key.equals("k7");
                };
        long pairs = pairs(scope == Scope.KEY, counts);
        assertThat(pairs).as("seed=%d", SEED).isPositive().isLessThan(pairs(scope == Scope.KEY));
        verify(List.of(read.split(":")), scope, PairConditions.parse(List.of(condition)), pairs);
        assertThat(analyze(
                        "--topics=" + read.replace(':', ','),
                        "--scope=" + scope.written(),
                        "--where=" + condition,
                        "-o",
                        "json"))
                .as(commands.err())
                .isZero();
        assertThat(countedPairs()).isEqualTo(pairs);
    }

    private void verify(List<String> topics, Scope scope, PairConditions where, long pairs) {
        String prefix = "t" + ANALYZERS.incrementAndGet() + ".";
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry-" + prefix), 0)) {
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics(prefix));
            new TopicCreation(cluster, 1, 5, (short) 1).run();
            try (Analyzer analyzer = Analyzer.start(
                    AnalyzerSettings.defaults(cluster.topics(), cluster.client(), folder.resolve("state-" + prefix))
                            .withPort(0)
                            .withScope(scope)
                            .withConditions(where)
                            .withSources(List.of(), topics))) {
                List<String> command = new ArrayList<>(List.of(
                        "verify",
                        "--bootstrap-server=" + broker.bootstrapServers(),
                        "--schema-registry-url=" + registry.url(),
                        "--topic-prefix=" + prefix,
                        "--topics=" + String.join(",", topics),
                        "--scope=" + scope.written(),
                        "--timeout=240"));
                if (!where.isEmpty()) {
                    int exit = commands.run(command.toArray(String[]::new));
                    assertThat(exit)
                            .as("without the conditions pairs are missing")
                            .isEqualTo(1);
                    where.written().forEach(condition -> command.add("--where=" + condition));
                }
                int exit = commands.run(command.toArray(String[]::new));
                assertThat(exit).as(commands.out() + commands.err()).isZero();
                assertThat(commands.out())
                        .startsWith(EVENTS + " events, " + pairs + " concurrent pairs by the definition, " + pairs
                                + " reported: 0 missing, 0 extra.");
                assertThat(analyzer.failed()).isNotDone();
            }
        }
    }

    /** What an analyzer left that committed past all events and brought all but the last of a partition, or one partition of none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anEventThatWasReadAndNotBroughtTogetherIsNamed(int brought) throws Exception {
        String topic = "halved-" + brought;
        Topics topics = new Topics(topic + ".");
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry-" + topic), 0)) {
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    topics);
            new TopicCreation(cluster, 1, 1, (short) 1).run();
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            try (Admin admin = cluster.admin();
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
                admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all()
                        .get();
                for (int i = 0; i < 2; i++) {
                    Stamp stamp = new Stamp(
                            Dot.parse("a:" + (i + 1)),
                            VectorClock.parse("{a=" + (i + 1) + "}"),
                            new LamportTimestamp(i));
                    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 1, null, new byte[0]);
                    record.headers().add(StampHeader.NAME, BinaryForm.encode(stamp));
                    long offset = producer.send(record).get().offset();
                    if (i < brought) {
                        Event event = StampedRecords.event(StampedRecords.stamp(record.headers()), null, "", 0);
                        producer.send(new ProducerRecord<>(
                                        topics.order(Scope.ALL),
                                        OrderRecord.placed(
                                                new Message(event, 0, true), new Position(topic, 1, offset))))
                                .get();
                    }
                }
                ends.put(new TopicPartition(topic, 1), new OffsetAndMetadata(2));
                ends.put(new TopicPartition(topics.order(Scope.ALL), 0), new OffsetAndMetadata(brought));
                admin.alterConsumerGroupOffsets(AnalyzerSettings.applicationId(topics, Scope.ALL), ends)
                        .all()
                        .get();
            }
            int exit = commands.run(
                    "verify",
                    "--bootstrap-server=" + broker.bootstrapServers(),
                    "--schema-registry-url=" + registry.url(),
                    "--topic-prefix=" + topics.prefix(),
                    "--topics=" + topic,
                    "--timeout=240");
            assertThat(exit).as(commands.out() + commands.err()).isEqualTo(1);
            assertThat(commands.out())
                    .contains("lost a:2")
                    .contains((2 - brought) + " events were read, and were not brought together with the others.");
        }
    }

    @Test
    void anAnalyzerSaysThatItLacksTheTopicThatBringsOthersTogether() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(folder.resolve("registry-lacking"), 0)) {
            Cluster cluster = new Cluster(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                    new Topics("lacking."));
            new TopicCreation(cluster, 1, (short) 1).run();
            int exit = commands.run(
                    "analyzer",
                    "--bootstrap-server=" + broker.bootstrapServers(),
                    "--schema-registry-url=" + registry.url(),
                    "--topic-prefix=lacking.",
                    "--topics=orders,stock",
                    "--state-dir=" + folder.resolve("state-lacking"),
                    "--port=0");
            assertThat(exit).isEqualTo(2);
            assertThat(commands.err())
                    .isEqualTo(
                            "antichain: Several topics, or partitions, are brought together in a topic of the analyzer's"
                                    + " own, which does not exist: topic=lacking.order-all, partitions: orders=6, stock=12; create"
                                    + " it with 'antichain init --order-partitions N', or take the topics as they stand now with"
                                    + " 'antichain analyze --topics'" + System.lineSeparator());
        }
    }

    @Test
    void whatIsExportedNamesTopicPartitionAndOffset() {
        assertThat(analyze("--topics", "orders", "--export", "ndjson")).isZero();
        assertThat(commands.out().lines()).isNotEmpty().allMatch(line -> line.contains("\"topic\":\"orders\""));
    }

    @Test
    void topicsWithoutAStampAreNamedAndAreNoSuccess() {
        assertThat(analyze("--topics", "unstamped", "--fail-on-conflict")).isEqualTo(4);
        assertThat(commands.err())
                .contains("unstamped: 20 records, none carries a stamp; see docs/stamp-my-service.md")
                .contains("No record could be judged: topics=unstamped, records=20, the first is a record without a"
                        + " stamp; docs/stamp-my-service.md says how records get stamps");
        assertThat(analyze("--topics", "orders,unstamped")).isZero();
        assertThat(commands.out())
                .contains("unstamped: 20 records, none carries a stamp; see docs/stamp-my-service.md");
        assertThat(analyze("--topics", "orders,unstamped", "--strict")).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsSaid() {
        assertThat(analyze("--topics", "missing")).isEqualTo(2);
        assertThat(commands.err()).contains("The topic does not exist: topic=missing");
        assertThat(analyze("--topics", "orders", "--max-file-mib", "0")).isNotZero();
        assertThat(analyze("--topics", "orders", "a.log")).isEqualTo(2);
        assertThat(commands.err()).contains("Either files or topics are analyzed: files=1, topics=1;");
        assertThat(analyze("--topics", "empty")).isZero();
        assertThat(commands.out()).contains("empty: 0 events");
    }

    private long countedPairs() throws IOException {
        return new ObjectMapper()
                .readTree(commands.out())
                .get("concurrentPairs")
                .asLong();
    }

    private int analyze(String... arguments) {
        return commands.run(Stream.concat(
                        Stream.of("analyze", "--bootstrap-server", broker.bootstrapServers()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static long pairs(boolean ofOneKey) {
        return pairs(ofOneKey, (one, other) -> true);
    }

    private static long pairs(boolean ofOneKey, BiPredicate<Published, Published> counts) {
        long pairs = 0;
        for (int i = 0; i < PUBLISHED.size(); i++) {
            for (int k = 0; k < i; k++) {
                Published one = PUBLISHED.get(i);
                Published other = PUBLISHED.get(k);
                boolean isPair =
                        one.isConcurrentWith(other) && (!ofOneKey || one.key().equals(other.key()));
                pairs += isPair && counts.test(one, other) ? 1 : 0;
            }
        }
        return pairs;
    }

    private static Set<String> standing() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<String> standing = new TreeSet<>(admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get());
            admin.listGroups().all().get().forEach(group -> standing.add("group " + group.groupId()));
            return standing;
        }
    }
}
