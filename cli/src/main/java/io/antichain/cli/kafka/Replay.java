package io.antichain.cli.kafka;

import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes an execution from a log file. All its processes are made known first, by a heartbeat with an empty clock in every
 * partition; each process's events follow in the order of their counters; at the end each process leaves.
 */
public final class Replay {
    private static final int BATCH = 1_000;

    private final Cluster cluster;
    private final String topic;

    public Replay(Cluster cluster) {
        this.cluster = cluster;
        this.topic = cluster.topics().events();
    }

    /** Publishes, a thousand events a transaction, and returns when all is committed. */
    public void publish(LoggedExecution execution) {
        int partitions = new TopicReader(cluster).highWatermarks(topic).size();
        Map<ProcessId, VectorClock> last = new TreeMap<>();
        execution.processes().forEach(process -> last.put(process, VectorClock.empty()));
        try (KafkaProducer<String, Object> producer =
                cluster.producer(cluster.topics().prefix() + "replay")) {
            producer.initTransactions();
            producer.beginTransaction();
            toEveryPartition(producer, partitions, last, Event.Kind.HEARTBEAT);
            int inBatch = 0;
            for (LoggedEvent logged : execution.eventsInLaneOrder()) {
                send(producer, null, ExecutionAnalysis.asEvent(logged));
                last.put(logged.process(), logged.clock());
                if (++inBatch % BATCH == 0) {
                    producer.commitTransaction();
                    producer.beginTransaction();
                }
            }
            toEveryPartition(producer, partitions, last, Event.Kind.LEAVE);
            producer.commitTransaction();
        }
    }

    private void toEveryPartition(
            KafkaProducer<String, Object> producer,
            int partitions,
            Map<ProcessId, VectorClock> clocks,
            Event.Kind kind) {
        clocks.forEach((process, clock) -> {
            Event sign = new Event(
                    process,
                    clock.get(process),
                    Optional.of(clock),
                    LamportTimestamp.ZERO,
                    Optional.empty(),
                    "",
                    0,
                    kind);
            for (int partition = 0; partition < partitions; partition++) {
                send(producer, partition, sign);
            }
        });
    }

    private void send(KafkaProducer<String, Object> producer, Integer partition, Event event) {
        producer.send(
                new ProducerRecord<>(topic, partition, event.process().toString(), (Object) WireCodec.toWire(event)));
    }
}
