package io.antichain.cli.analyzer;

/** An analyzer did not answer a question: the message says what happened, in a sentence without its full stop. */
public final class AnalyzerClientException extends RuntimeException {
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
        /** Something answered that is not an analyzer. */
        NOT_AN_ANALYZER,
        /** The analyzer answered that it cannot answer. */
        REFUSED,
        /** The analyzer does not have what was asked for. */
        NOT_FOUND
    }

    private final Kind kind;

    AnalyzerClientException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    AnalyzerClientException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The class of the failure. */
    public Kind kind() {
        return kind;
    }
}
