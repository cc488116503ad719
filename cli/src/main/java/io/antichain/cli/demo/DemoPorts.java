package io.antichain.cli.demo;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the parts of a demo listen; 0 takes a free port.
 *
 * @param broker Kafka
 * @param registry the schema registry
 * @param firstNode the first of the four nodes; the others follow
 * @param analyzer the analyzer
 */
public record DemoPorts(int broker, int registry, int firstNode, int analyzer) {
    /** How many nodes a demo has. */
    public static final int NODES = 4;

    /** Free ports, whatever they are. */
    public static DemoPorts free() {
        return new DemoPorts(0, 0, 0, 0);
    }

    /** The ports of the nodes. */
    public List<Integer> nodes() {
        return IntStream.range(0, NODES)
                .mapToObj(i -> firstNode == 0 ? 0 : firstNode + i)
                .toList();
    }
}
