package io.antichain.node.kafka;

import io.antichain.node.protocol.Place;
import io.antichain.node.protocol.Transaction;
import io.antichain.schemas.Event;
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
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The right to publish under a process name, which one producer has at a time: opening takes it from whoever had it. After
 * the first failure it is of no use any more.
 */
final class Transactions implements AutoCloseable {
    private final Producer<String, Object> producer;

    private Transactions(Producer<String, Object> producer) {
        this.producer = producer;
    }

    /** Fences an older producer of the name and settles the transaction that it left open, however long that takes. */
    static Transactions open(Producer<String, Object> producer, WaitReason waitReason) {
        try {
            while (true) {
                try {
                    producer.initTransactions();
                    return new Transactions(producer);
                } catch (TimeoutException e) {
                    // Asking again with the same producer goes on where it was: a slow cluster gets there.
                    waitReason.report("Kafka must give this node its process name, and has not answered yet: reason="
                            + e.getMessage() + "; look whether the brokers run, and are not overloaded");
                }
            }
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Commits all of it or nothing; returns where its messages stand, in the same order. */
    List<Place> commit(Transaction transaction, Topics topics) throws TransactionFailedException, InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent =
                    new ArrayList<>(transaction.messages().size());
            for (Event message : transaction.messages()) {
                String key = message.key().orElse(message.process().toString());
                sent.add(producer.send(new ProducerRecord<>(topics.events(), key, WireCodec.toWire(message))));
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

    Producer<String, Object> producer() {
        return producer;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
