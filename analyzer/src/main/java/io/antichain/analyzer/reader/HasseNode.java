package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import java.util.List;

/**
 * An event with its place in the Hasse diagram of what is in view.
 *
 * @param event the event
 * @param covers the events that it covers, by process
 * @param conflicting whether it stands in a conflict record
 */
public record HasseNode(HeldEvent event, List<Dot> covers, boolean conflicting) {}
