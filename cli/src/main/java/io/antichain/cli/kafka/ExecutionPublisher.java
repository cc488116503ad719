package io.antichain.cli.kafka;

import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes an execution from a log file: its events alone, each process's in the order of their counters. */
public final class ExecutionPublisher {
    private static final int BATCH = 1_000;

    private final Cluster cluster;
    private final String topic;

    public ExecutionPublisher(Cluster cluster) {
        this.cluster = cluster;
        this.topic = cluster.topics().events();
    }

    /** Publishes, a thousand events a transaction, and returns when all is committed. */
    public void publish(LoggedExecution execution) {
        KafkaProducer<String, Object> producer =
                cluster.producer(cluster.topics().prefix() + "replay");
        try {
            producer.initTransactions();
            producer.beginTransaction();
            int inBatch = 0;
            for (LoggedEvent logged : execution.eventsInLaneOrder()) {
                Event event = ExecutionAnalysis.asEvent(logged, Optional.empty());
                producer.send(new ProducerRecord<>(topic, event.process().toString(), WireCodec.toWire(event)));
                if (++inBatch % BATCH == 0) {
                    producer.commitTransaction();
                    producer.beginTransaction();
                }
            }
            producer.commitTransaction();
            producer.close();
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO); // what it failed in, an orderly end would wait for
            throw e;
        }
    }
}
