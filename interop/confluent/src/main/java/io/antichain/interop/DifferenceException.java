package io.antichain.interop;

/** Something is not as Antichain promises it. The message is for people. */
final class DifferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DifferenceException(String message) {
        super(message);
    }

    DifferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
