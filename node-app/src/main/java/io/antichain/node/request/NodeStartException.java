package io.antichain.node.request;

/** A node that ended before it published: the message says why and what to do, in a sentence; nothing is left running. */
public final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final NodeEnd.Kind kind;

    public NodeStartException(NodeEnd end, Throwable cause) {
        super(end.sentence(), cause);
        this.kind = end.kind();
    }

    /** What ended it. */
    public NodeEnd.Kind kind() {
        return kind;
    }
}
