package io.antichain.node.protocol;

import java.util.List;

/**
 * What waits for a node that is free to act.
 *
 * @param commands pauses, syncs and the like, in the order in which they came
 * @param reads records to deliver, in log order within each partition; none while the node is paused
 * @param publishes messages to publish in one transaction
 */
public record Turn(List<Command> commands, List<Read> reads, List<Publish> publishes) {
    /** Nothing but the time that passed. */
    public static final Turn NOTHING = new Turn(List.of(), List.of(), List.of());

    public Turn {
        commands = List.copyOf(commands);
        reads = List.copyOf(reads);
        publishes = List.copyOf(publishes);
    }
}
