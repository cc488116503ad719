package io.antichain.node.kafka;

/** The reader thread has ended by itself: the log is not where it was, or a fault of our own. */
final class ReaderFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderFailedException(Throwable cause) {
        super("The reader thread has ended: " + cause, cause);
    }
}
