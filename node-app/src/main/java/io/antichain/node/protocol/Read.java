package io.antichain.node.protocol;

import io.antichain.schemas.Event;
import java.util.Optional;

/**
 * How far a partition of the events topic was read, handed over in its order.
 *
 * @param event the committed message that stands there; empty if there is none, or none that can be decoded: transactions'
 *     markers, what was aborted, and the signs of life in old logs
 * @param partition the partition
 * @param offset the last offset that was read
 * @param missed how many offsets before it were deleted by retention unread
 */
public record Read(Optional<Event> event, int partition, long offset, long missed) {
    /** A record, or where one would be. */
    public Read(Optional<Event> event, int partition, long offset) {
        this(event, partition, offset, 0);
    }
}
