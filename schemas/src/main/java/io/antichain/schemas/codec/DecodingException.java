package io.antichain.schemas.codec;

import java.io.EOFException;
import java.io.IOException;
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
        INVALID_VALUE,
        /** The header that carries stamps holds something else. */
        BROKEN_STAMP;

        /** The class of what a deserializer threw, also of another than ours. */
        public static Failure of(SerializationException thrown) {
            if (thrown instanceof DecodingException decoding) {
                return decoding.failure();
            }
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                if (message.contains("error code: 40403")) {
                    return UNKNOWN_ID;
                }
                if (message.contains("Unknown magic byte")) {
                    return NOT_FRAMED;
                }
                if (cause instanceof EOFException) {
                    return TRUNCATED;
                }
                if (cause instanceof IOException) {
                    return REGISTRY_UNAVAILABLE;
                }
            }
            return WRONG_SCHEMA;
        }
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
