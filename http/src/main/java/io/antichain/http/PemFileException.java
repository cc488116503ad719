package io.antichain.http;

/** A file with a certificate or key that cannot be used: the message says why and what to do. */
public final class PemFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PemFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
