package io.antichain.node.protocol;

import io.antichain.node.state.EventsLog;
import io.antichain.schemas.Event;
import java.util.Optional;

/**
 * What the log holds of a process name.
 *
 * @param log the events topic, after the name was fenced
 * @param checkpoints what the clocks topic holds of the name
 * @param newestOwn the newest message of the checkpoint's process that stands at or behind its positions, if one does: where
 *     the end of the clocks topic was lost, it tells what the checkpoint no longer does
 * @param highestIncarnation where there is no checkpoint, the highest incarnation of the name that any event names, as its
 *     publisher or in its clock; −1 if none does
 */
public record OwnPast(EventsLog log, OwnCheckpoints checkpoints, Optional<Event> newestOwn, int highestIncarnation) {}
