package io.antichain.analyzer.order;

/** How far the engine has read its partition, and which of the records that it may be told again were refused. */
final class ReadProgress {
    private long next;
    private long replayFrom;
    private final Intervals refused = new Intervals();

    /** The offset of the next record to come, or less. */
    long next() {
        return next;
    }

    /** From where on a restored engine must be told records again. */
    long replayFrom() {
        return replayFrom;
    }

    void pass(long offset) {
        next = Math.max(next, offset + 1);
    }

    void refuse(long offset) {
        refused.add(offset);
    }

    /** Whether a record that comes again is to be left out. */
    boolean leavesOut(long offset) {
        if (offset < replayFrom) {
            return true;
        }
        int index = refused.indexOf(offset);
        return index < refused.end() && refused.first(index) <= offset;
    }

    /** Records before this offset will not be told again. */
    void replayFrom(long offset) {
        replayFrom = offset;
        refused.removeUpTo(offset - 1);
    }

    void write(FrontierWriter out) {
        out.number(next);
        out.number(replayFrom);
        refused.write(out);
    }

    void read(FrontierReader in) {
        next = in.number();
        replayFrom = in.number();
        refused.read(in);
    }
}
