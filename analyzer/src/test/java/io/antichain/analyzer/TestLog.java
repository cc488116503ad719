package io.antichain.analyzer;

import static org.awaitility.Awaitility.await;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroSerializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one prefix, and what is published in them. */
public final class TestLog {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Map<String, Object> client;
    private final Topics topics;

    public TestLog(Map<String, Object> client, Topics topics) {
        this.client = client;
        this.topics = topics;
    }

    /** Creates all topics, and further ones of events; log times are the broker's. */
    public void create(int partitions, String... mirrors) throws Exception {
        List<NewTopic> wanted = Stream.concat(
                        Stream.concat(Stream.of(topics.events()), Stream.of(mirrors))
                                .map(events -> new NewTopic(events, partitions, (short) 1)
                                        .configs(Map.of("message.timestamp.type", "LogAppendTime"))),
                        Stream.of(topics.conflicts(), topics.anomalies(), topics.deadLetters(), topics.order(Scope.ALL))
                                .map(other -> new NewTopic(other, 1, (short) 1)))
                .toList();
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(wanted).all().get();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> admin.describeTopics(
                                            wanted.stream().map(NewTopic::name).toList())
                                    .allTopicNames()
                                    .get()
                                    .size()
                            == wanted.size());
        }
    }

    /** Publishes to a partition, in this order. */
    void publish(String topic, int partition, List<Event> events) {
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(client, false);
            publishBytes(
                    topic,
                    partition,
                    events.stream()
                            .map(event -> serializer.serialize(topics.events(), WireCodec.toWire(event)))
                            .toList());
        }
    }

    void publishBytes(String topic, int partition, List<byte[]> values) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("linger.ms", 5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
    }

    /** The message of this dot and clock, with the counter as its Lamport timestamp. */
    public static Event message(String process, long counter, String clock) {
        return new Event(
                ProcessId.of(process),
                counter,
                Optional.of(VectorClock.parse(clock)),
                new LamportTimestamp(counter),
                Optional.empty(),
                "",
                0,
                Event.Kind.MESSAGE);
    }
}
