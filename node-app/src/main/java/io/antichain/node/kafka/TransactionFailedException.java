package io.antichain.node.kafka;

/** A transaction that failed, or whose outcome is not known: only the log can tell. */
final class TransactionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    TransactionFailedException(Throwable cause) {
        super(Clients.rootMessage(cause), cause);
    }
}
