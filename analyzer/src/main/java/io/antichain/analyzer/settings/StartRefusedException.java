package io.antichain.analyzer.settings;

/** The analyzer did not start; the message is one sentence for people. */
public final class StartRefusedException extends RuntimeException {
    /** Why. */
    public enum Reason {
        /** No broker answered. */
        UNREACHABLE,
        /** The topics or the settings do not allow what was asked for. */
        MISUSE
    }

    private final Reason reason;

    public StartRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The class of the refusal. */
    public Reason reason() {
        return reason;
    }
}
