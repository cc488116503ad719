package io.antichain.node.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The right to publish under a process name, which one producer has at a time: opening takes it from whoever had it. After
 * the first failure it is of no use any more.
 */
final class Transactions implements AutoCloseable {
    private final Producer<String, Object> producer;

    private Transactions(Producer<String, Object> producer) {
        this.producer = producer;
    }

    /** Fences an older producer of the name and settles the transaction that it left open. */
    static Transactions open(Producer<String, Object> producer) {
        try {
            producer.initTransactions();
            return new Transactions(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Commits all records or none; returns where they stand, in the same order. */
    List<RecordMetadata> commit(List<ProducerRecord<String, Object>> records)
            throws TransactionFailedException, InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<String, Object> record : records) {
                sent.add(producer.send(record));
            }
            producer.commitTransaction();
            List<RecordMetadata> places = new ArrayList<>(records.size());
            for (Future<RecordMetadata> place : sent) {
                places.add(place.get());
            }
            return places;
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException("interrupted in a transaction").initCause(e);
        } catch (ExecutionException e) {
            throw new TransactionFailedException(e.getCause());
        } catch (RuntimeException e) {
            throw new TransactionFailedException(e);
        }
    }

    /**
     * After a failure: whether another producer of the name took over. Sending fails alike for a rival's victim and for a
     * producer whose own transaction timed out; aborting tells them apart.
     */
    boolean abortFindsRival() throws InterruptedException {
        try {
            producer.abortTransaction();
            return false;
        } catch (ProducerFencedException e) {
            return true;
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException("interrupted in an abort").initCause(e);
        } catch (RuntimeException e) {
            // Neither: the broker is away, or the commit's outcome is open. Recovery reads the truth.
            return false;
        }
    }

    Producer<String, Object> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
