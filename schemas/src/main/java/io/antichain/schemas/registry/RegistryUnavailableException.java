package io.antichain.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * No schema registry gave an answer: none could be reached in time, or each refused the credentials or answered with a
 * fault of its own. The record may be good; the same call may succeed later.
 */
public class RegistryUnavailableException extends SerializationException {
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
