package io.antichain.schemas;

/**
 * What the headers of a dead letter say of a record that could not be decoded.
 *
 * @param reason a short word, such as NOT_FRAMED
 * @param sentence what is wrong, for people
 * @param position where the record stands
 */
public record DeadLetter(String reason, String sentence, Position position) {}
