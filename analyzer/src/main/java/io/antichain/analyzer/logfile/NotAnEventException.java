package io.antichain.analyzer.logfile;

/** What was read is no event; never leaves the package. Without a stack trace: a file may hold millions of such lines. */
final class NotAnEventException extends Exception {
    private final SkipReason reason;

    NotAnEventException(SkipReason reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    SkipReason reason() {
        return reason;
    }
}
