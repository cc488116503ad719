package io.antichain.analyzer.order;

import io.antichain.schemas.Run;

/**
 * Unstable events of one lane that can conflict with one event, in the order of their counters: the whole lane's, or those
 * of one key. Positions count from 0. Along a chain counters and offsets rise, and no clock entry falls.
 */
interface Chain {
    int length();

    long counter(int position);

    long offset(int position);

    /** What the event at {@code position} knew of {@code process}. */
    long entry(int position, int process);

    /** The first position whose counter is above {@code counter}; {@link #length} if there is none. */
    int firstAbove(long counter);

    /** The first position whose event knew {@code counter} or more events of {@code process}; {@link #length} if none. */
    int firstThatKnew(int process, long counter);

    /**
     * The events of the chain that are concurrent with event {@code counter} of process {@code own}, as a run; null if
     * there are none.
     *
     * <p>Those with a counter up to {@code known} happened before it: a prefix. Those that knew {@code counter} events
     * of {@code own} or more happened after it: a suffix. What lies between is concurrent with it.
     *
     * @param known how many events of the chain's process the event knew
     */
    default Run runBesides(Lane lane, int own, long counter, long known) {
        int first = firstAbove(known);
        int end = firstThatKnew(own, counter);
        if (first >= end) {
            return null;
        }
        int last = end - 1;
        return new Run(
                lane.process(),
                counter(first),
                counter(last),
                lane.partition(),
                offset(first),
                lane.partition(),
                offset(last),
                end - first,
                entry(last, own),
                java.util.List.of());
    }
}
