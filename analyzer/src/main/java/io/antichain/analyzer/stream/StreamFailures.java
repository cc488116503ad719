package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.analyzer.restore.RestorationUnfinishedException;
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

    static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicRecreatedException) {
                return cause.getMessage();
            }
            if (cause instanceof MissingSourceTopicException) {
                return "The events topic must exist while it is analyzed: it was deleted; create it again with"
                        + " 'antichain init', and start with --accept-new-topic";
            }
        }
        Throwable root = root(failure);
        return "The stream has failed: " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
