package io.antichain.cli.scenario;

import java.util.Optional;

/** Which conflicts must come of a scenario. */
public enum Expectation {
    /** Every two messages are ordered. */
    NONE("no conflicts"),
    /** There are conflicts, and none between messages of different bursts or of turns. */
    WITHIN_BURSTS("conflicts only within bursts"),
    /** Two messages of different nodes conflict if, and only if, a cut parted them: see {@link SentMessage#partedFrom}. */
    WHERE_CUT_OFF("conflicts exactly where nodes were cut off");

    private final String written;

    Expectation(String written) {
        this.written = written;
    }

    /** The words after {@code expect} in a scenario file. */
    public String written() {
        return written;
    }

    /**
     * Why the verdict on two messages is not as expected; empty if it is.
     *
     * @param concurrent what was found
     */
    Optional<String> violation(SentMessage a, SentMessage b, boolean concurrent) {
        boolean expected =
                switch (this) {
                    case NONE -> false;
                    case WITHIN_BURSTS -> concurrent && a.sameBurst(b);
                    case WHERE_CUT_OFF -> a.partedFrom(b);
                };
        return expected == concurrent
                ? Optional.empty()
                : Optional.of("Expected " + written + ": " + a.dot() + " and " + b.dot() + " are "
                        + (concurrent ? "concurrent" : "ordered"));
    }
}
