package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on topics of a broker, in each of which something else is wrong. */
@Timeout(900)
class DoctorCommandTest {
    private static final Map<String, String> LOG_TIME = Map.of("message.timestamp.type", "LogAppendTime");

    private static final String FEW_BROKERS =
            "note: The cluster has too few brokers to keep all going, and lose nothing, while one is away: brokers=1; keep what"
                    + " must last on three or more";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void publish() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(
                            topic("sound", Map.of()),
                            topic("bare", Map.of()),
                            topic("mixed", Map.of()),
                            topic("mirrored", Map.of()),
                            topic("broken", Map.of()),
                            topic("wide", Map.of()),
                            topic("compacted", Map.of("cleanup.policy", "compact")),
                            topic("short", Map.of("retention.ms", "60000")),
                            topic("sparse", Map.of("message.timestamp.type", "CreateTime")),
                            topic("ahead", Map.of("message.timestamp.type", "CreateTime"))))
                    .all()
                    .get();
            for (String topic : List.of("sound", "compacted", "short", "sparse")) {
                send(producer, topic, stamp("orders-1~3:1", "{orders-1~3=1}"));
                send(producer, topic, stamp("stock-1:1", "{orders-1~3=1, stock-1=1}"));
                send(producer, topic, stamp("orders-1~8:1", "{orders-1~3=1, orders-1~8=1, stock-1=1}"));
            }
            send(producer, "bare");
            send(producer, "mixed", stamp("orders-1:1", "{orders-1=1, stock-1=1}"));
            send(producer, "mixed");
            send(producer, "mixed", stamp("audit-1:1", "{audit-1=1}"));
            send(producer, "mirrored", Base64.getEncoder().encode(stamp("orders-1:1", "{orders-1=1}")));
            send(producer, "broken", stamp("orders-1:1", "{orders-1=1}"));
            send(producer, "broken", "order 7".getBytes(StandardCharsets.UTF_8));
            send(
                    producer,
                    "broken",
                    stamp("orders-1:2", "{orders-1=2}"),
                    stamp("stock-1:1", "{stock-1=1, orders-1=1}"));
            // A broker refuses what is more than an hour ahead.
            long soon = System.currentTimeMillis() + 1_800_000;
            producer.send(new ProducerRecord<>("ahead", 0, soon, new byte[] {'k'}, new byte[] {'v'}))
                    .get();
            send(producer, "wide", stamp("a:1", "{a=1, b=1, c=1}"));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aSoundTopicIsDescribedAndNothingIsFoundOrLeftBehind() throws Exception {
        Set<String> before = standing();
        assertThat(doctor("sound")).as(commands.out() + commands.err()).isZero();
        List<String> said = commands.out().lines().toList();
        assertThat(said)
                .hasSize(10)
                .containsSequence(
                        "brokers: 1 of 1 reached at the addresses that they advertise",
                        "features: transaction.version 2, metadata.version "
                                + MetadataVersion.latestProduction().version(),
                        "replicas: in sync in 1 of 1 partition of 1 topic",
                        "rights: all, as the cluster has no authorizer")
                .containsSequence(
                        "topic sound: 3 records in 1 partition, 3 with a stamp, clocks of at most 3 entries",
                        "process orders-1: 2 records in sound, 2 lives",
                        "process stock-1: 1 record in sound",
                        FEW_BROKERS,
                        "1 finding, none of which matters.");
        assertThat(said.get(4)).matches("clock of controller 1: \\d\\.\\d s (ahead|behind), give or take \\d\\.\\d s");
        assertThat(commands.err()).isEqualTo("Records read: 3" + System.lineSeparator());
        assertThat(standing()).as("groups and topics").isEqualTo(before);
    }

    @Test
    void eachFindingIsASentenceThatSaysWhatToDo() {
        assertThat(doctor("missing,bare,mixed,mirrored")).isEqualTo(1);
        assertThat(commands.out().lines().filter(line -> line.matches("(matters|note): .*")))
                .containsExactly(
                        "matters: A topic does not exist: topic=missing; create it, or correct --topics",
                        "matters: No record of a topic carries a stamp: topic=bare, records=1; add the library to the"
                                + " services that publish to it: docs/stamp-my-service.md",
                        "matters: Records without a stamp are published among those with one: topic=mixed, unstamped=1,"
                                + " records=3, first=partition 0 offset 1; add the library to the service that published"
                                + " these, or look at its log and its unstamped-total",
                        "matters: A process knows of no other, so its records are concurrent with all of theirs:"
                                + " process=audit-1, records=1, topics=mixed; wrap its consumers too; if it reads nothing,"
                                + " leave its topics out, as its conflicts show no more than that",
                        FEW_BROKERS,
                        "note: Stamps of a topic are base64 text, which is read as well: topic=mirrored, records=1,"
                                + " first=partition 0 offset 0; where a mirror made them so, set header.converter to"
                                + " Kafka's ByteArrayConverter on its Connect cluster, as other binary headers suffer too");
        assertThat(commands.out()).endsWith("6 findings, 4 of which matter." + System.lineSeparator());
    }

    @Test
    void settingsOfTheTopicAreHeldAgainstTheWindow() throws Exception {
        assertThat(doctor("compacted,short", "-o", "json")).isEqualTo(1);
        assertThat(kinds()).containsExactly("COMPACTED", "RETENTION_TOO_SHORT", "FEW_BROKERS");
        assertThat(doctor("short", "--window-time", "1", "-o", "json")).isEqualTo(1);
        assertThat(doctor("sparse", "-o", "json")).as("a note alone").isZero();
        assertThat(kinds()).containsExactly("FEW_BROKERS", "CREATE_TIME");
    }

    @Test
    void aRecordFromTheFutureIsSomebodysClock() {
        assertThat(doctor("ahead")).isEqualTo(1);
        assertThat(commands.out())
                .containsPattern(
                        "note: A record's timestamp lies in the future, so earlier events count as older than they"
                                + " are: topic=ahead, record=partition 0 offset 0, ahead=1[0-9]{3}\\.[0-9] s; set the clock of its"
                                + " producer, or of this machine, by NTP");
        assertThat(doctor("sparse")).isZero();
        assertThat(commands.out()).doesNotContain("in the future");
    }

    @Test
    void brokenAndRepeatedStampsAndWideClocksAreCounted() throws Exception {
        assertThat(doctor("broken,wide", "--max-clock-width", "2", "-o", "json"))
                .isEqualTo(1);
        assertThat(kinds())
                .containsExactly(
                        "UNREADABLE", "CLOCK_TOO_WIDE", "READS_NOTHING", "STAMP_REPEATED", "FEW_BROKERS", "CLOCK_WIDE");
        JsonNode topic = report().get("topics").get(0);
        assertThat(topic.get("topic").asText()).isEqualTo("broken");
        assertThat(topic.get("records").asLong()).isEqualTo(3);
        assertThat(topic.get("stamped").asLong()).isEqualTo(2);
        assertThat(topic.get("unreadable").asLong()).isEqualTo(1);
        JsonNode unreadable = report().get("findings").get(0);
        assertThat(unreadable.get("matters").asBoolean()).isTrue();
        assertThat(unreadable.get("values").get("first").asText()).isEqualTo("partition 0 offset 1");
        assertThat(unreadable.get("values").get("failure").asText()).isEqualTo("BROKEN_STAMP");
    }

    @Test
    void withoutTopicsItLooksAtTheEventsTopicOfThePrefix() {
        assertThat(commands.run("doctor", "--bootstrap-server", broker.bootstrapServers(), "--topic-prefix", "shop."))
                .isEqualTo(1);
        assertThat(commands.out()).contains("A topic does not exist: topic=shop.events;");
    }

    @Test
    void errorsHaveTheCodesOfTheOtherCommands() {
        assertThat(doctor("sound", "--window", "0")).isEqualTo(2);
        assertThat(commands.err()).contains("A limit is out of range: window=0; choose --window of 1 or more");
        assertThat(commands.run("doctor", "--bootstrap-server", "localhost:1", "--topics", "sound"))
                .isEqualTo(3);
        assertThat(commands.err()).contains("No Kafka broker answered: bootstrap-server=localhost:1");
    }

    private int doctor(String topics, String... arguments) {
        return commands.run(Stream.concat(
                        Stream.of("doctor", "--bootstrap-server", broker.bootstrapServers(), "--topics", topics),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    private JsonNode report() throws Exception {
        return new ObjectMapper().readTree(commands.out());
    }

    private List<String> kinds() throws Exception {
        return report().get("findings").findValuesAsText("kind");
    }

    private static NewTopic topic(String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LOG_TIME);
        all.putAll(settings);
        return new NewTopic(name, 1, (short) 1).configs(all);
    }

    private static byte[] stamp(String dot, String clock) {
        return BinaryForm.encode(new Stamp(Dot.parse(dot), VectorClock.parse(clock), new LamportTimestamp(1)));
    }

    /** Waits for each, so that they stand in this order also where the first comes before the leader. */
    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[]... stamps) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, new byte[] {'k'}, "{\"order\":7}".getBytes(StandardCharsets.UTF_8));
        Stream.of(stamps).forEach(stamp -> record.headers().add(StampHeader.NAME, stamp));
        producer.send(record).get();
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
