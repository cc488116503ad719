package io.antichain.analyzer.order;

/**
 * The held events of one process in the order of their counters, whatever the order of their arrival. Along it counters rise
 * and no clock entry falls.
 *
 * <p>An event is found by {@link #locate}, which leaves a cursor on it; what follows about the event reads there. Memory: 4 to
 * 6 bytes an event.
 */
final class Chain {
    // Invariants: order has the rows' numbers in [start, end); `counters` has the counters of these rows, and no other.
    private final Rows rows;
    private final Intervals counters = new Intervals();
    private int[] order = new int[4];
    private int start;
    private int end;
    private int cursor;

    Chain(Rows rows) {
        this.rows = rows;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** The counters of the events. */
    Intervals counters() {
        return counters;
    }

    /** The memory it takes beside its rows. */
    long bytes() {
        return 4L * order.length + counters.bytes();
    }

    /** Sets the cursor on the event with this counter, or on that before which it would stand; tells whether it is there. */
    boolean locate(long counter) {
        long last = counters.last();
        if (counter > last) {
            cursor = end;
            return false;
        }
        if (counter >= counters.tail()) { // no hole from here on: the counter says where
            cursor = end - 1 - (int) (last - counter);
            return true;
        }
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.counter(order[middle]) < counter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        cursor = low;
        return rows.counter(order[low]) == counter;
    }

    /** The row of the event with this counter, which is there. */
    int row(long counter) {
        locate(counter);
        return order[cursor];
    }

    long offset() {
        return rows.offset(order[cursor]);
    }

    int partition() {
        return rows.partition(order[cursor]);
    }

    long fingerprint() {
        return rows.fingerprint(order[cursor]);
    }

    /** Null if there are no conditions on the event's pairs. */
    Traits traits() {
        return rows.traits(order[cursor]);
    }

    /** What the event under the cursor knew of a process. */
    long entry(int process) {
        return rows.entry(order[cursor], process);
    }

    /** Copies the clock of the event before the cursor; tells whether there is one. */
    boolean clockBefore(long[] to, int processes) {
        if (cursor == start) {
            return false;
        }
        rows.clock(order[cursor - 1], to, processes);
        return true;
    }

    /** Copies the clock of the event under the cursor, where none with the counter looked for is; tells whether there is one. */
    boolean clockAfter(long[] to, int processes) {
        if (cursor == end) {
            return false;
        }
        rows.clock(order[cursor], to, processes);
        return true;
    }

    /** Copies the clock of the last event, which is there. */
    void lastClock(long[] to, int processes) {
        rows.clock(order[end - 1], to, processes);
    }

    /** The counter of the first event that knew {@code counter} or more events of a process; {@link Long#MAX_VALUE} if none. */
    long firstThatKnew(int process, long counter) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.entry(order[middle], process) >= counter) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == end ? Long.MAX_VALUE : rows.counter(order[low]);
    }

    /** Adds an event of the process, whose counter is not there yet; returns its row. May lower entries of the clock. */
    int add(int process, Row row, long[] clock, int count, long timeMs) {
        locate(row.counter);
        if (cursor < end) {
            keepBelowNext(clock, count);
        }
        RowBlock.Base near = start == end ? null : rows.base(order[cursor > start ? cursor - 1 : cursor]);
        int added = rows.add(process, row, clock, count, timeMs, near);
        insert(added);
        counters.add(row.counter);
        return added;
    }

    /** What the next event left out as too old is not kept of this one either, so that no entry falls along the chain. */
    private void keepBelowNext(long[] clock, int count) {
        for (int k = 0; k < count; k++) {
            clock[k] = Math.min(clock[k], entry(k));
        }
    }

    /** Before the cursor. What lies on the shorter side moves. */
    private void insert(int row) {
        if (start > 0 && cursor - start < end - cursor) {
            System.arraycopy(order, start, order, start - 1, cursor - start);
            start--;
            order[cursor - 1] = row;
            return;
        }
        if (end == order.length) {
            makeRoom();
        }
        System.arraycopy(order, cursor, order, cursor + 1, end - cursor);
        order[cursor] = row;
        end++;
    }

    /** Moves all to the begin, once an eighth is free there: so each is moved eight times at most while it is held. */
    private void makeRoom() {
        int size = end - start;
        int[] to = start > order.length / 8 ? order : new int[order.length + order.length / 4 + 4];
        System.arraycopy(order, start, to, 0, size);
        order = to;
        cursor -= start;
        start = 0;
        end = size;
    }

    /** Takes out the event with this counter, which is there. */
    void remove(long counter) {
        if (counter == counters.firstBegins()) {
            start++;
        } else {
            locate(counter);
            if (cursor - start < end - cursor) {
                System.arraycopy(order, start, order, start + 1, cursor - start);
                start++;
            } else {
                System.arraycopy(order, cursor + 1, order, cursor, end - cursor - 1);
                end--;
            }
        }
        counters.remove(counter);
    }
}
