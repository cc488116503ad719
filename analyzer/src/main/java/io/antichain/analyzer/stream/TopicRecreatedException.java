package io.antichain.analyzer.stream;

/** The events topic was deleted and created again since the analyzer last read it: its old results belong to another log. */
final class TopicRecreatedException extends RuntimeException {
    TopicRecreatedException(String message) {
        super(message);
    }
}
