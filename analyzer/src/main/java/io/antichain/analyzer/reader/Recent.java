package io.antichain.analyzer.reader;

import java.util.List;
import java.util.function.Consumer;

/**
 * The newest of what came, each with a number of its own (a seq): from 0, rising by one, never used again. Older ones make
 * room when there are too many, or when together they take too many bytes.
 *
 * @param <E> what comes
 */
final class Recent<E extends Recent.Sized> {
    /** Something whose memory is bounded. */
    interface Sized {
        /** An upper estimate of what it takes. */
        long bytes();
    }

    private final int maxCount;
    private final long maxBytes;
    private final Consumer<E> forgotten;
    private final Sequence<E> held = new Sequence<>();
    private long firstSeq;
    private int size;
    private long bytes;

    /**
     * @param maxCount at least 1; what was withdrawn counts until it is the oldest
     * @param maxBytes of all together, but for the newest, which is always held
     * @param forgotten told of each that made room
     */
    Recent(int maxCount, long maxBytes, Consumer<E> forgotten) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
        this.forgotten = forgotten;
    }

    /** The number of the next one; so many have come. */
    long nextSeq() {
        return firstSeq + held.size();
    }

    /** The number of the oldest one held. */
    long firstSeq() {
        return firstSeq;
    }

    int size() {
        return size;
    }

    void add(E newest) {
        held.add(newest);
        size++;
        bytes += newest.bytes();
        while (held.size() > 1 && (held.size() > maxCount || bytes > maxBytes)) {
            firstSeq++;
            E oldest = held.removeFirst();
            if (oldest != null) {
                noLonger(oldest);
                forgotten.accept(oldest);
            }
        }
    }

    /** Takes out the one held with this number, as if it had never come. */
    void withdraw(long seq) {
        int position = (int) (seq - firstSeq);
        noLonger(held.get(position));
        held.set(position, null);
    }

    private void noLonger(E one) {
        size--;
        bytes -= one.bytes();
    }

    /** Those held with a number from {@code from} up to {@code to}, that one excluded. */
    List<E> between(long from, long to) {
        int begin = (int) (Math.max(from, firstSeq) - firstSeq);
        int end = (int) (Math.min(to, nextSeq()) - firstSeq);
        return begin < end ? held.copy(begin, end) : List.of();
    }

    List<E> all() {
        return held.copy(0, held.size());
    }
}
