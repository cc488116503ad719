package io.antichain.node.kafka;

import io.antichain.node.protocol.Place;
import io.antichain.node.protocol.Transaction;
import io.antichain.node.protocol.Transaction.Outgoing;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
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

    /** Commits all of it or nothing; returns where its records stand, in the same order. */
    List<Place> commit(Transaction transaction, Topics topics) throws TransactionFailedException, InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent =
                    new ArrayList<>(transaction.records().size());
            for (Outgoing record : transaction.records()) {
                sent.add(producer.send(eventRecord(record, topics)));
            }
            producer.send(new ProducerRecord<>(
                    topics.clocks(),
                    transaction.checkpoint().process().name(),
                    WireCodec.toWire(transaction.checkpoint())));
            producer.commitTransaction();
            List<Place> places = new ArrayList<>(sent.size());
            for (Future<RecordMetadata> future : sent) {
                RecordMetadata place = future.get();
                places.add(new Place(place.partition(), place.offset()));
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

    /** Messages with one key share a partition; those without a key share one by process, as heartbeats do by theirs. */
    private static ProducerRecord<String, Object> eventRecord(Outgoing record, Topics topics) {
        Integer partition = record.partition().isPresent() ? record.partition().getAsInt() : null;
        String key = record.event().key().orElse(record.event().process().toString());
        return new ProducerRecord<>(topics.events(), partition, key, WireCodec.toWire(record.event()));
    }

    Producer<String, Object> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
