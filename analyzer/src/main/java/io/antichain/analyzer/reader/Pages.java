package io.antichain.analyzer.reader;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A part of what matches a question, and how much more there is.
 *
 * @param part in the order of arrival
 * @param older how many that match arrived before these
 * @param newer how many that match arrived after these
 */
public record Pages<E>(List<E> part, long older, long newer) {
    /** No page is larger than about this, whatever its limit, bytes. */
    private static final long MAX_BYTES = 4_000_000;

    /** Where in the arrivals a page lies. */
    public sealed interface Place {
        /** The newest. */
        record Newest() implements Place {}

        /** The last before {@code seq}. */
        record Before(long seq) implements Place {}

        /** The first after {@code seq}. */
        record After(long seq) implements Place {}

        /** With {@code seq} in the middle. */
        record Around(long seq) implements Place {}
    }

    /**
     * A page of events.
     *
     * @param matching those that are asked for, in the order of their arrival
     */
    public static Pages<HeldEvent> ofEvents(List<HeldEvent> matching, Place place, int limit) {
        return of(matching, HeldEvent::seq, place, limit);
    }

    /**
     * A page of conflict records.
     *
     * @param matching those that are asked for, in the order of their arrival
     */
    public static Pages<HeldConflict> ofConflicts(List<HeldConflict> matching, Place place, int limit) {
        return of(matching, HeldConflict::seq, place, limit);
    }

    private static <E extends Recent.Sized> Pages<E> of(
            List<E> matching, ToLongFunction<E> seq, Place place, int limit) {
        int size = matching.size();
        int from;
        int to;
        if (place instanceof Place.After after) {
            from = before(matching, seq, after.seq() + 1);
            to = Math.min(size, from + limit);
            to = from + fitting(matching.subList(from, to), false);
        } else {
            if (place instanceof Place.Around around) {
                int middle = before(matching, seq, around.seq());
                to = Math.min(size, Math.max(0, middle - limit / 2) + limit);
            } else {
                to = place instanceof Place.Before before ? before(matching, seq, before.seq()) : size;
            }
            from = Math.max(0, to - limit);
            from = to - fitting(matching.subList(from, to), true);
        }
        return new Pages<>(List.copyOf(matching.subList(from, to)), from, size - to);
    }

    /** How many have a smaller seq. */
    private static <E> int before(List<E> matching, ToLongFunction<E> seq, long bound) {
        int low = 0;
        int high = matching.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seq.applyAsLong(matching.get(middle)) < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many from one end fit into a page; at least one. */
    private static <E extends Recent.Sized> int fitting(List<E> part, boolean fromTheEnd) {
        long bytes = 0;
        for (int count = 0; count < part.size(); count++) {
            bytes += part.get(fromTheEnd ? part.size() - 1 - count : count).bytes();
            if (bytes > MAX_BYTES && count > 0) {
                return count;
            }
        }
        return part.size();
    }
}
