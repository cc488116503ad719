package io.antichain.analyzer.reader;

/**
 * How much a view holds.
 *
 * @param events the most events, at least 1. All that grows with the history follows from it: events take at most
 *     {@link #BYTES_AN_EVENT} bytes each on average, so fewer are held where payloads or clocks are large; there is a conflict
 *     record, and a quarter of these bytes for it, for every fourth event at most, and of the open keys without an event in
 *     view one, and a tenth of these bytes, for every tenth
 */
public record ViewLimits(int events) {
    /** The most events unless another number is given. */
    public static final int DEFAULT_EVENTS = 100_000;

    /** 100 MB with the default number of events. */
    public static final int BYTES_AN_EVENT = 1_000;

    /** Anomalies, dead letters and doubted events, of each. */
    static final int NOTES = 1_000;

    static final long BYTES_A_NOTE = 4_000;

    /** With the default number of events. */
    public static final ViewLimits DEFAULT = new ViewLimits(DEFAULT_EVENTS);

    public ViewLimits {
        if (events < 1) {
            throw new IllegalArgumentException(
                    "A reader holds 1 event or more: reader-events=" + events + "; choose --reader-events");
        }
    }

    public int conflicts() {
        return Math.max(1, events / 4);
    }

    long eventBytes() {
        return (long) BYTES_AN_EVENT * events;
    }

    long conflictBytes() {
        return eventBytes() / 4;
    }

    int openKeys() {
        return Math.max(1, events / 10);
    }

    long openKeyBytes() {
        return eventBytes() / 10;
    }
}
