package io.antichain.analyzer.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The nodes that the page's buttons drive, where the analyzer runs beside nodes that it knows, as in the demo.
 *
 * @param nodes the nodes' addresses: node 1, node 2, …; empty while they start
 * @param scenarios what can be run, by name, and what happens in it
 * @param run runs one of these to its end, and says what came of it; throws with a sentence where it cannot
 */
public record NodeDriver(Supplier<List<URI>> nodes, Map<String, String> scenarios, UnaryOperator<String> run) {
    /** Of an analyzer that knows no nodes. */
    public static final NodeDriver NONE = new NodeDriver(List::of, Map.of(), name -> "");
}
