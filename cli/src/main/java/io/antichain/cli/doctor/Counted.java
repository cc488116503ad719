package io.antichain.cli.doctor;

/** How many records are alike in something, and the first of them. */
public final class Counted {
    private long count;
    private RecordPlace first;
    private String firstReason = "";

    void add(RecordPlace place, String reason) {
        if (count++ == 0) {
            first = place;
            firstReason = reason;
        }
    }

    void addIf(boolean isAlike, RecordPlace place, String reason) {
        if (isAlike) {
            add(place, reason);
        }
    }

    public long count() {
        return count;
    }

    boolean isNone() {
        return count == 0;
    }

    /** Null if there is none. */
    RecordPlace first() {
        return first;
    }

    /** Why the first is among them; empty if that needs no word. */
    String firstReason() {
        return firstReason;
    }
}
