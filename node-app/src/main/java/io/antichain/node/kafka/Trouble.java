package io.antichain.node.kafka;

import java.util.Optional;

/** What keeps a node from going on right now, as a sentence, if anything. One thread reports, any may ask. */
final class Trouble {
    private volatile String sentence = "";

    void report(String sentence) {
        this.sentence = sentence;
    }

    void over() {
        sentence = "";
    }

    Optional<String> current() {
        return Optional.of(sentence).filter(text -> !text.isEmpty());
    }
}
