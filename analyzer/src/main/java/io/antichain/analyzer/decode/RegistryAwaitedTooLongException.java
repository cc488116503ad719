package io.antichain.analyzer.decode;

/** No schema registry answered for so long that the stream thread is better started afresh. The record will be read again. */
public final class RegistryAwaitedTooLongException extends RuntimeException {
    public RegistryAwaitedTooLongException(String message, Throwable cause) {
        super(message, cause);
    }
}
