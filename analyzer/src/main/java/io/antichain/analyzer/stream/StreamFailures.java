package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.analyzer.restore.RestorationUnfinishedException;
import io.antichain.schemas.kafka.KafkaRefusal;
import java.util.Map;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/** Which failures of a stream thread pass, and what is said of those that do not. */
final class StreamFailures {
    private StreamFailures() {}

    /** Whether a new thread, reading on from the last commit, may succeed: nothing is lost, nothing was emitted twice. */
    static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryAwaitedTooLongException
                    || cause instanceof RestorationUnfinishedException
                    || cause instanceof RetriableException
                    || cause instanceof InvalidOffsetException
                    || cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is no fault of ours: then the sentence says all. */
    static boolean isKnown(Throwable failure) {
        return known(failure) != null;
    }

    static String sentence(Throwable failure) {
        String known = known(failure);
        if (known != null) {
            return known;
        }
        Throwable root = root(failure);
        return "The stream has failed: " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static String known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicRecreatedException) {
                return cause.getMessage();
            }
            // The number of a state topic's partitions is that of the topics that are read, and stays.
            if (String.valueOf(cause.getMessage()).contains("has invalid partitions")) {
                return "A topic that is read has another number of partitions than before; what the analyzer stored is by"
                        + " partition; start it with another --topic-prefix, where it begins anew";
            }
            if (cause instanceof MissingSourceTopicException) {
                return "A topic that is read was deleted; create it again ('antichain init' creates the events topic), and"
                        + " start with --accept-new-topic";
            }
        }
        return KafkaRefusal.sentence(failure, Map.of()).orElse(null);
    }

    static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
