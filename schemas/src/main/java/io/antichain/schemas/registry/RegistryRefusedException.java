package io.antichain.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered, and the answer is no: asking again would not change it. */
final class RegistryRefusedException extends SerializationException {
    static final int SUBJECT_NOT_FOUND = 40401;
    static final int VERSION_NOT_FOUND = 40402;
    static final int SCHEMA_NOT_FOUND = 40403;
    static final int INCOMPATIBLE = 409;

    private final int errorCode;

    /** @param errorCode the registry's own code where it gave one, else the HTTP status */
    RegistryRefusedException(int errorCode, String message) {
        super(message);
        this.errorCode = errorCode;
    }

    int errorCode() {
        return errorCode;
    }

    boolean isNotFound() {
        return errorCode == SUBJECT_NOT_FOUND || errorCode == VERSION_NOT_FOUND || errorCode == SCHEMA_NOT_FOUND;
    }
}
