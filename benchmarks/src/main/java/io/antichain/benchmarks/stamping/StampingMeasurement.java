package io.antichain.benchmarks.stamping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.benchmarks.Measurement;
import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.clocks.VectorClock;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.stamping.Stamping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A wrapped producer against a bare one, in turns: records of 200 random bytes, with 4 and with 64 processes in the clock, by one
 * thread and by 16. Before every tenth record a record of another process is delivered, in either case. Producers and broker share this JVM and
 * its cores. {@code -Dcompression=lz4} compresses what either sends.
 */
public final class StampingMeasurement implements Measurement {
    private static final int VALUE_BYTES = Integer.getInteger("valueBytes", 200);
    private static final String COMPRESSION = System.getProperty("compression", "none");
    private static final int PARTITIONS = 6;
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long ROUND_MS = 6_000;
    private static final String TOPIC = "stamped";

    @Override
    public JsonNode run() throws Exception {
        Path folder = Files.createTempDirectory("antichain-benchmark");
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Map<String, String> small = Map.of("log.retention.bytes", "200000000", "log.segment.bytes", "50000000");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0, small)) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }
            for (int processes : new int[] {4, 64}) {
                for (int threads : new int[] {1, 16}) {
                    String name = processes + "Processes" + threads + "Threads";
                    if (name.startsWith(System.getProperty("only", ""))) {
                        result.set(name, measure(client, name, processes, threads));
                    }
                }
            }
        }
        return result;
    }

    private static ObjectNode measure(Map<String, Object> client, String name, int processes, int threads)
            throws Exception {
        Senders senders = new Senders(TOPIC, VALUE_BYTES);
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("antichain.process", "service-1");
        try (Stamping stamping = Stamping.open(settings);
                Producer<byte[], byte[]> bare = producer(client);
                Producer<byte[], byte[]> wrapped = stamping.wrap(producer(client))) {
            Others others = new Others(processes - 1);
            for (int i = 1; i < processes; i++) {
                stamping.deliver(others.next());
            }
            Runnable hear = () -> stamping.deliver(others.next());
            senders.run(bare, threads, ROUND_MS, List.of(), hear);
            senders.run(wrapped, threads, ROUND_MS, List.of(), hear);
            double waitBefore = metric(wrapped, "lock-wait-ns-total");
            double bytesBefore = metric(wrapped, "header-bytes-total");
            double stampedBefore = metric(wrapped, "stamped-total");
            int headerBytes = (int) Math.round(bytesBefore / stampedBefore);
            List<Header> sameBytes = List.of(new Constant(StampHeader.NAME, new byte[headerBytes]));
            Sums plain = new Sums();
            Sums padded = new Sums();
            Sums stamped = new Sums();
            for (int round = 0; round < ROUNDS; round++) {
                System.err.println("stamping: " + name + ", round " + (round + 1) + " of " + ROUNDS);
                plain.add(senders.run(bare, threads, ROUND_MS, List.of(), hear));
                padded.add(senders.run(bare, threads, ROUND_MS, sameBytes, hear));
                stamped.add(senders.run(wrapped, threads, ROUND_MS, List.of(), hear));
            }
            double records = metric(wrapped, "stamped-total") - stampedBefore;
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("ratioToBareProducer", stamped.ratioTo(plain));
            result.put("ratioToBareProducerOfSameBytes", stamped.ratioTo(padded));
            result.put("processorRatioToBareProducer", stamped.processorRatioTo(plain));
            result.put("processorRatioToBareProducerOfSameBytes", stamped.processorRatioTo(padded));
            result.put("recordsPerSecond", Math.round(stamped.perSecond / ROUNDS));
            result.put("bareRecordsPerSecond", Math.round(plain.perSecond / ROUNDS));
            result.put("headerBytes", Math.round((metric(wrapped, "header-bytes-total") - bytesBefore) / records));
            result.put(
                    "lockWaitNsPerRecord", Math.round((metric(wrapped, "lock-wait-ns-total") - waitBefore) / records));
            result.put("cpuNsPerRecord", Math.round(stamped.cpuNs / ROUNDS));
            result.put("bareCpuNsPerRecord", Math.round(plain.cpuNs / ROUNDS));
            result.put("allocatedBytesPerRecord", Math.round(stamped.allocated / ROUNDS));
            result.put("bareAllocatedBytesPerRecord", Math.round(plain.allocated / ROUNDS));
            return result;
        }
    }

    /** A header that costs its bytes and nothing else. */
    private record Constant(String key, byte[] value) implements Header {}

    private static final class Sums {
        private double perSecond;
        private double cpuNs;
        private double allCpuNs;
        private double allocated;

        void add(Senders.Sent sent) {
            perSecond += sent.perSecond();
            cpuNs += sent.cpuNsPerRecord();
            allCpuNs += sent.allCpuNsPerRecord();
            allocated += sent.allocatedPerRecord();
        }

        double ratioTo(Sums other) {
            return Math.round(100 * perSecond / other.perSecond) / 100.0;
        }

        /** The ratio of throughput that the processor would allow, whatever else runs on the machine. */
        double processorRatioTo(Sums other) {
            return Math.round(100 * other.allCpuNs / allCpuNs) / 100.0;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("linger.ms", 5);
        settings.put("batch.size", 65_536);
        settings.put("compression.type", COMPRESSION);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static double metric(Producer<?, ?> producer, String name) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("antichain-stamping")
                        && metric.metricName().name().equals(name))
                .mapToDouble(metric -> (Double) metric.metricValue())
                .sum();
    }

    /** Records of other processes, each of which knows the others. */
    private static final class Others {
        private final ProcessId[] processes;
        private VectorClock clock = VectorClock.empty();
        private int next;

        Others(int count) {
            this.processes = new ProcessId[count];
            for (int i = 0; i < count; i++) {
                processes[i] = new ProcessId("service-" + (10 + i), 257_294_336 + i);
            }
        }

        synchronized ConsumerRecord<byte[], byte[]> next() {
            ProcessId process = processes[next++ % processes.length];
            clock = clock.tick(process);
            Stamp stamp = new Stamp(new Dot(process, clock.get(process)), clock, new LamportTimestamp(next));
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("others", 0, next, null, null);
            record.headers().add(StampHeader.NAME, BinaryForm.encode(stamp));
            return record;
        }
    }
}
