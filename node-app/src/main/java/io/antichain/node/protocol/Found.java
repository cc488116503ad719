package io.antichain.node.protocol;

import io.antichain.schemas.ClockCheckpoint;
import java.util.Optional;

/**
 * What the log holds of a process name.
 *
 * @param partitions how many partitions the events topic has
 * @param checkpoint the newest committed checkpoint, if there is one
 * @param highestIncarnation where there is none, the highest incarnation of the name that any event names, as its publisher
 *     or in its clock; −1 if none does
 */
public record Found(int partitions, Optional<ClockCheckpoint> checkpoint, int highestIncarnation) {}
