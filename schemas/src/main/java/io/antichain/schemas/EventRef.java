package io.antichain.schemas;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;

/**
 * Which event is meant, where it stands, and the clocks it carries.
 *
 * @param dot its identity
 * @param at where it stands
 * @param clock its vector clock
 * @param lamport its Lamport timestamp
 * @param publishedAtMs wall clock of the publishing node, ms since 1970 UTC; decides nothing
 */
public record EventRef(Dot dot, Position at, VectorClock clock, LamportTimestamp lamport, long publishedAtMs) {}
