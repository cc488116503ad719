package io.antichain.analyzer.decode;

import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway.Rejection;

/** What became of the bytes of one record. */
public sealed interface Decoded {
    /** An event that may be believed. */
    record Admitted(Event event) implements Decoded {}

    /** An event that was decoded and is not believed. */
    record Doubted(Event event, Rejection rejection) implements Decoded {}

    /**
     * Bytes that are no event.
     *
     * @param reason a short word for programs, such as NOT_FRAMED
     * @param sentence what is wrong, for people
     */
    record Undecodable(String reason, String sentence) implements Decoded {}
}
