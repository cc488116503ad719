package io.antichain.cli.scenario;

/** A scenario cannot be run: the message says what is wrong with it, in a sentence without its full stop. */
public final class ScenarioException extends RuntimeException {
    /** What is wrong. */
    public enum Kind {
        /** No built-in scenario and no file has the name. */
        UNKNOWN,
        /** The file cannot be read. */
        UNREADABLE,
        /** The text is not a scenario. */
        MALFORMED,
        /** It is to be repeated until messages were sent, and sends none. */
        SENDS_NOTHING,
        /** It names nodes that are not there. */
        TOO_FEW_NODES
    }

    private final Kind kind;

    ScenarioException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    ScenarioException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The class of the fault. */
    public Kind kind() {
        return kind;
    }
}
