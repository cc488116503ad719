package io.antichain.cli.demo;

/** The folder of a demo cannot be made: the message says why, in a sentence without its full stop. */
public final class DemoFolderException extends RuntimeException {
    DemoFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
