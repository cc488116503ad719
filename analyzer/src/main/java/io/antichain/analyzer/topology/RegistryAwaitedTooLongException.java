package io.antichain.analyzer.topology;

/** No schema registry answered for so long that the stream thread is better started afresh. The record will be read again. */
final class RegistryAwaitedTooLongException extends RuntimeException {
    RegistryAwaitedTooLongException(String message, Throwable cause) {
        super(message, cause);
    }
}
