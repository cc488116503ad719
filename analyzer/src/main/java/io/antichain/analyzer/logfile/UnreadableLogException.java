package io.antichain.analyzer.logfile;

/** A file, or the expression for it, that no events can be taken from. The message is a sentence for the user. */
public final class UnreadableLogException extends RuntimeException {
    UnreadableLogException(String sentence) {
        super(sentence);
    }

    UnreadableLogException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
