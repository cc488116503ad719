package io.antichain.analyzer.order;

/** A set of counters or offsets, as intervals without a hole: [first, last], rising, no two of them adjacent. */
final class Intervals {
    private long[] firsts = new long[2];
    private long[] lasts = new long[2];
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    /** The greatest counter; 0 if there is none. */
    long last() {
        return end == start ? 0 : lasts[end - 1];
    }

    /** Where the last interval begins; 0 if there is none. */
    long tail() {
        return end == start ? 0 : firsts[end - 1];
    }

    /** The index of the first interval that ends at {@code counter} or after it; {@link #end} if there is none. */
    int indexOf(long counter) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lasts[middle] < counter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int end() {
        return end;
    }

    long first(int index) {
        return firsts[index];
    }

    long last(int index) {
        return lasts[index];
    }

    /** Adds a counter that is not in the set. */
    void add(long counter) {
        int at = end > start && counter > lasts[end - 1] ? end : indexOf(counter);
        boolean joinsBefore = at > start && lasts[at - 1] == counter - 1;
        boolean joinsAfter = at < end && firsts[at] == counter + 1;
        if (joinsBefore && joinsAfter) {
            lasts[at - 1] = lasts[at];
            removeAt(at);
        } else if (joinsBefore) {
            lasts[at - 1] = counter;
        } else if (joinsAfter) {
            firsts[at] = counter;
        } else {
            insertAt(at, counter, counter);
        }
    }

    /** Takes out a counter that is in the set. */
    void remove(long counter) {
        int at = indexOf(counter);
        if (firsts[at] == lasts[at]) {
            removeAt(at);
        } else if (firsts[at] == counter) {
            firsts[at]++;
        } else if (lasts[at] == counter) {
            lasts[at]--;
        } else {
            long last = lasts[at];
            lasts[at] = counter - 1;
            insertAt(at + 1, counter + 1, last);
        }
    }

    /** Where the first interval begins; 0 if there is none. */
    long firstBegins() {
        return end == start ? 0 : firsts[start];
    }

    /** Adds an interval before all others, adjacent to none. */
    void prepend(long first, long last) {
        insertAt(start, first, last);
    }

    /** Takes out all counters up to {@code counter}. */
    void removeUpTo(long counter) {
        while (start < end && lasts[start] <= counter) {
            start++;
        }
        if (start < end && firsts[start] <= counter) {
            firsts[start] = counter + 1;
        }
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    int start() {
        return start;
    }

    private void insertAt(int index, long first, long last) {
        int at = index;
        if (end == firsts.length) {
            int size = end - start;
            boolean crowded = size > end / 2;
            long[] newFirsts = crowded ? new long[2 * end] : firsts;
            long[] newLasts = crowded ? new long[2 * end] : lasts;
            System.arraycopy(firsts, start, newFirsts, 0, size);
            System.arraycopy(lasts, start, newLasts, 0, size);
            firsts = newFirsts;
            lasts = newLasts;
            at -= start;
            start = 0;
            end = size;
        }
        System.arraycopy(firsts, at, firsts, at + 1, end - at);
        System.arraycopy(lasts, at, lasts, at + 1, end - at);
        firsts[at] = first;
        lasts[at] = last;
        end++;
    }

    private void removeAt(int at) {
        if (at == start) {
            start++;
        } else {
            System.arraycopy(firsts, at + 1, firsts, at, end - at - 1);
            System.arraycopy(lasts, at + 1, lasts, at, end - at - 1);
            end--;
        }
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    long bytes() {
        return 32 + 16L * firsts.length;
    }

    void write(FrontierWriter out) {
        out.number(end - start);
        for (int i = start; i < end; i++) {
            out.number(firsts[i]);
            out.number(lasts[i]);
        }
    }

    void read(FrontierReader in) {
        for (int count = in.count(); count > 0; count--) {
            insertAt(end, in.number(), in.number());
        }
    }
}
