package io.antichain.analyzer.reader;

/**
 * A dead letter as the view holds it: why, and where the record stands that could not be decoded.
 *
 * @param seq the number of its arrival
 * @param letter what its headers say
 */
public record HeldDeadLetter(long seq, Letter letter) implements Recent.Sized {
    /**
     * What a dead letter's headers say.
     *
     * @param reason a short word, such as NOT_FRAMED
     * @param sentence what is wrong, for people
     * @param position where the record stands
     * @param valueBytes how large the dead letter's value is
     * @param atMs log time, ms since 1970 UTC
     */
    public record Letter(String reason, String sentence, HeldEvent.Position position, int valueBytes, long atMs) {}

    @Override
    public long bytes() {
        return 300 + 2L * letter.sentence().length() + 2L * letter.reason().length();
    }
}
