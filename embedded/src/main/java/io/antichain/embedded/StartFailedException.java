package io.antichain.embedded;

/** A broker or registry that could not be started: the message says why and what to do, and nothing is left running. */
public class StartFailedException extends RuntimeException {

    StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    StartFailedException(String message) {
        super(message);
    }
}
