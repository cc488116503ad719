package io.antichain.cli.kafka;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/**
 * What became of a question to a cluster whose refusal is an answer too.
 *
 * @param value empty if it failed
 * @param failure empty if it did not
 */
record KafkaAnswer<T>(Optional<T> value, Optional<Throwable> failure) {
    /** Waits for it, as long as the client's settings let it take. */
    static <T> KafkaAnswer<T> to(KafkaFuture<T> asked) {
        try {
            return new KafkaAnswer<>(Optional.ofNullable(asked.get()), Optional.empty());
        } catch (ExecutionException e) {
            return new KafkaAnswer<>(Optional.empty(), Optional.of(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new KafkaAnswer<>(Optional.empty(), Optional.of(e));
        }
    }

    /** Whether it failed in this way. */
    boolean isFailed(Class<? extends Throwable> how) {
        return failure.filter(how::isInstance).isPresent();
    }
}
