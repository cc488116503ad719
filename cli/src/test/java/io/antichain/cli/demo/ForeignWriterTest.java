package io.antichain.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.cli.verify.Verification;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is no node writes events among those of nodes, of processes that never announced themselves. */
class ForeignWriterTest {
    private static final int MESSAGES = 20;
    private static final int SYNCS = 20;
    private static final Path SCHEMA = Path.of("../schemas/src/main/avro/Event.avsc");

    /** Two processes that read nothing of the nodes; one reads the other's first event. */
    private static final List<Event> FOREIGN = List.of(
            event("writer-1:1", "{writer-1=1}"),
            event("writer-2:1", "{writer-1=1, writer-2=1}"),
            event("writer-1:2", "{writer-1=2}"));

    private interface Write {
        byte[] bytes(Event event, Cluster cluster) throws Exception;
    }

    @TempDir
    private Path folder;

    @Test
    void eventsWrittenWithOurSerializerAreJudgedLikeThoseOfNodes() throws Exception {
        everyPairIsReportedOnce((event, cluster) -> {
            try (AvroSerializer serializer = new AvroSerializer()) {
                serializer.configure(cluster.client(), false);
                return serializer.serialize(cluster.topics().events(), WireCodec.toWire(event));
            }
        });
    }

    @Test
    void eventsMadeByHandAreJudgedLikeThoseOfNodes() throws Exception {
        everyPairIsReportedOnce(ForeignWriterTest::byHand);
    }

    private void everyPairIsReportedOnce(Write write) throws Exception {
        try (DemoSystem system = DemoSystem.start(DemoPorts.free(), folder)) {
            nodesPublish(system);
            try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                    new HashMap<>(system.cluster().client()), new StringSerializer(), new ByteArraySerializer())) {
                String topic = system.cluster().topics().events();
                for (Event event : FOREIGN) {
                    byte[] value = write.bytes(event, system.cluster());
                    producer.send(new ProducerRecord<>(topic, event.process().toString(), value))
                            .get();
                }
            }
            Verification verification = MainJob.verified(system);
            List<Event> events = events(system);
            List<String> expected = pairs(events);
            assertThat(events).hasSize(MESSAGES + FOREIGN.size());
            assertThat(reported(system)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(verification.concurrentPairs()).isEqualTo(expected.size());
            assertThat(verification.holds()).as(verification.toString()).isTrue();
        }
    }

    /** All nodes know all of it when this returns, many times over: nobody needs it held any more but who never spoke. */
    private static void nodesPublish(DemoSystem system) throws IOException, InterruptedException {
        new ScenarioRunner(Scenarios.named("async"), system.nodeUrls(), HttpAccess.OPEN, 1).run(MESSAGES);
        for (int round = 0; round < SYNCS; round++) {
            for (String node : system.nodeUrls()) {
                HttpRequest sync = HttpRequest.newBuilder(URI.create(node + "/sync"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
                HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(sync, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }
        MainJob.verified(system);
    }

    private static List<Event> events(DemoSystem system) {
        return new StoredLog(system.cluster())
                .events().stream()
                        .map(stored -> stored.event())
                        .filter(event -> event.kind() == Event.Kind.MESSAGE)
                        .toList();
    }

    /** By the definition, the later of each first. */
    private static List<String> pairs(List<Event> events) {
        List<String> pairs = new ArrayList<>();
        for (int later = 0; later < events.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                Event a = events.get(earlier);
                Event b = events.get(later);
                if (!knows(a, b) && !knows(b, a)) {
                    pairs.add(b.dot() + " " + a.dot());
                }
            }
        }
        return pairs;
    }

    private static boolean knows(Event event, Event other) {
        return event.clock().orElseThrow().includes(other.dot());
    }

    private static List<String> reported(DemoSystem system) {
        List<String> pairs = new ArrayList<>();
        new StoredLog(system.cluster()).conflicts().forEach(conflict -> conflict.runs()
                .forEach(run -> run.eachCounter()
                        .forEach(
                                counter -> pairs.add(conflict.event().dot() + " " + new Dot(run.process(), counter)))));
        return pairs;
    }

    /** 0x00, the schema's id, Avro binary: what any client of the registry writes. */
    private static byte[] byHand(Event event, Cluster cluster) throws IOException, InterruptedException {
        Schema schema = new Schema.Parser().parse(SCHEMA.toFile());
        GenericRecord record = new GenericData.Record(schema);
        Map<String, Long> clock = new HashMap<>();
        event.clock().orElseThrow().forEach((process, entry) -> clock.put(process.toString(), entry));
        record.put("process", event.process().toString());
        record.put("counter", event.counter());
        record.put("clock", clock);
        record.put("lamport", event.lamport().value());
        record.put("payload", event.payload());
        record.put("publishedAt", event.publishedAtMs());
        record.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "MESSAGE"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(4).putInt(register(schema, cluster)).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static int register(Schema schema, Cluster cluster) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        String url = cluster.client().get("schema.registry.url") + "/subjects/"
                + cluster.topics().events() + "-value/versions";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(json.createObjectNode()
                                        .put("schema", schema.toString())
                                        .toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode id = json.readTree(answer.body()).path("id");
        if (!id.isInt()) {
            throw new UncheckedIOException(new IOException("The registry must give an id: answer=" + answer.body()));
        }
        return id.intValue();
    }

    private static Event event(String dot, String clock) {
        Dot parsed = Dot.parse(dot);
        return new Event(
                parsed.process(),
                parsed.counter(),
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(parsed.counter()),
                Optional.empty(),
                "from elsewhere",
                0,
                Event.Kind.MESSAGE);
    }
}
