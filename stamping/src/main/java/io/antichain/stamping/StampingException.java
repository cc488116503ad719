package io.antichain.stamping;

import org.apache.kafka.common.KafkaException;

/** A record that was not sent, or a partition not taken over, since {@code antichain.on.error=fail} says so. */
public final class StampingException extends KafkaException {
    StampingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
