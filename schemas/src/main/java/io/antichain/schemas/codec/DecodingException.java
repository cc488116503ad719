package io.antichain.schemas.codec;

import org.apache.kafka.common.errors.SerializationException;

/** Bytes or a wire record that could not be made a value, with the class of the failure. */
public final class DecodingException extends SerializationException {
    /** Why something could not be decoded. */
    public enum Failure {
        /** The bytes do not start with 0x00 and a four-byte schema id. */
        NOT_FRAMED,
        /** The registry does not know the schema id. */
        UNKNOWN_ID,
        /** No registry answered; the bytes may be good. */
        REGISTRY_UNAVAILABLE,
        /** The writer's schema cannot be read with the reader's. */
        WRONG_SCHEMA,
        /** The bytes end before the record does, or go on after it. */
        TRUNCATED,
        /** A string, map, or the record itself is larger than the limit. */
        OVER_LIMIT,
        /** A field is outside the range that its schema documents. */
        INVALID_VALUE
    }

    private final Failure failure;

    public DecodingException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public DecodingException(Failure failure, String message) {
        this(failure, message, null);
    }

    /** The class of the failure. */
    public Failure failure() {
        return failure;
    }
}
