package io.antichain.analyzer.decode;

import io.antichain.analyzer.order.Message;
import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway.Rejection;

/** What became of the bytes of one record. */
public sealed interface Decoded {
    /**
     * An event that may be believed.
     *
     * @param message what its record says of it
     * @param isStampRepeated whether the record carries further stamps, which are not the same
     */
    record Admitted(Message message, boolean isStampRepeated) implements Decoded {
        public Event event() {
            return message.event();
        }
    }

    /** A record that is no event: it carries no stamp. */
    record Unstamped() implements Decoded {
        static final Unstamped UNSTAMPED = new Unstamped();
    }

    /** A record that says that retention deleted others, {@code records} at most, before they could be read. */
    record Deleted(long records) implements Decoded {}

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
