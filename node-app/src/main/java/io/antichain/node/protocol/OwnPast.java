package io.antichain.node.protocol;

import io.antichain.clocks.ProcessId;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.NodeState;
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
public record OwnPast(EventsLog log, OwnCheckpoints checkpoints, Optional<Event> newestOwn, int highestIncarnation) {
    /**
     * What a node with this past knows: the next incarnation's nothing where there is no checkpoint.
     *
     * @param before what it knew earlier in this life; where it is the same process still, it keeps what it delivered since,
     *     so that no clock falls
     */
    NodeState state(ProtocolSettings settings, Optional<NodeState> before) {
        NodeState saved = checkpoints
                .newest()
                .map(checkpoint -> NodeState.recovered(settings.rules(), checkpoint))
                .orElseGet(() ->
                        NodeState.newborn(settings.rules(), new ProcessId(settings.process(), highestIncarnation + 1)));
        NodeState whole = newestOwn.map(own -> saved.deliver(own).next()).orElse(saved);
        return before.filter(earlier -> earlier.process().equals(whole.process()))
                .map(earlier -> earlier.merge(whole).withJoined(whole.joined()))
                .orElse(whole);
    }
}
