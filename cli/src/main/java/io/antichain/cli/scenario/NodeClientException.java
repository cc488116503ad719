package io.antichain.cli.scenario;

/** A node did not do what a scenario asked of it: the message says what happened, in a sentence without its full stop. */
public final class NodeClientException extends RuntimeException {
    /** What happened. */
    public enum Kind {
        /** The address is not an HTTP address. */
        BAD_ADDRESS,
        /** Nothing answered at the address. */
        UNREACHABLE,
        /** TLS with it did not come about. */
        UNTRUSTED,
        /** It asks for a token that it was not shown. */
        TOKEN_REFUSED,
        /** Something answered that is not a node. */
        NOT_A_NODE,
        /** The node refused the request. */
        REFUSED,
        /** The node delivered nothing for as long as it may take. */
        STALLED
    }

    private final Kind kind;

    NodeClientException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    NodeClientException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The class of the failure. */
    public Kind kind() {
        return kind;
    }
}
