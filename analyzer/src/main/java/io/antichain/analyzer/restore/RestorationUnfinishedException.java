package io.antichain.analyzer.restore;

/** A restoration needs more time than a thread may take at once. Another thread goes on from where it was. */
public final class RestorationUnfinishedException extends RuntimeException {
    RestorationUnfinishedException(String message) {
        super(message);
    }
}
