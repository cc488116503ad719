package io.antichain.node.request;

/** A node that could not be started: the message says why and what to do, in a sentence; nothing is left running. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
