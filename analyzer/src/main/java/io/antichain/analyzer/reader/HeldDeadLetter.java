package io.antichain.analyzer.reader;

import io.antichain.schemas.DeadLetter;

/**
 * A dead letter as the view holds it: why, and where the record stands that could not be decoded.
 *
 * @param seq the number of its arrival
 * @param letter what its headers say
 * @param valueBytes how large the dead letter's value is
 * @param atMs log time, ms since 1970 UTC
 */
public record HeldDeadLetter(long seq, DeadLetter letter, int valueBytes, long atMs) implements Recent.Sized {
    @Override
    public long bytes() {
        return 300 + 2L * letter.sentence().length() + 2L * letter.reason().length();
    }
}
