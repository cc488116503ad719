package io.antichain.schemas;

/**
 * The names of the system's topics under one prefix.
 *
 * @param prefix stands before each name; may be empty
 */
public record Topics(String prefix) {
    /** The prefix unless another is given. */
    public static final String DEFAULT_PREFIX = "antichain.";

    /** Published messages: {@link Event}. */
    public String events() {
        return prefix + "events";
    }

    /** Whether a topic is that of published messages, or a mirror of it, such as {@code eu.antichain.events}. */
    public boolean isEvents(String topic) {
        return topic.equals(events()) || topic.endsWith("." + events());
    }

    /** The nodes' checkpoints, compacted: {@link ClockCheckpoint}. */
    public String clocks() {
        return prefix + "clocks";
    }

    /** The topic that brings sources together for an engine of this scope, where no task of the analyzer sees all of them. */
    public String order(Scope scope) {
        return prefix + "order-" + scope.written();
    }

    /** What the analyzer found: {@link Conflict}. */
    public String conflicts() {
        return prefix + "conflicts";
    }

    /** What the analyzer doubts: {@link Anomaly}. */
    public String anomalies() {
        return prefix + "anomalies";
    }

    /** Records of the events topic that could not be decoded, as read. */
    public String deadLetters() {
        return prefix + "dead-letters";
    }
}
