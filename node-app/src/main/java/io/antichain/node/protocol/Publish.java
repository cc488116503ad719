package io.antichain.node.protocol;

import io.antichain.node.state.Footprint;
import java.util.Optional;

/**
 * A message to publish.
 *
 * @param ticket who waits for the answer
 * @param repeatKey what a repeat of this request will carry again, if anything
 * @param key what the message is about, if anything
 * @param payload the message
 */
public record Publish(long ticket, Optional<String> repeatKey, Optional<String> key, String payload) {
    /** About how much memory it takes. */
    public long bytes() {
        return Footprint.bytes(key, payload);
    }
}
