package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** How long things took. Any thread adds, one reads at the end. */
final class Latencies {
    private long[] ns = new long[1 << 16];
    private int size;

    synchronized void add(long tookNs) {
        if (size == ns.length) {
            ns = Arrays.copyOf(ns, 2 * size);
        }
        ns[size++] = tookNs;
    }

    synchronized int count() {
        return size;
    }

    /** p50 and p99 in ms. */
    synchronized ObjectNode percentiles() {
        long[] sorted = Arrays.copyOf(ns, size);
        Arrays.sort(sorted);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("p50", ms(sorted, 0.50));
        json.put("p99", ms(sorted, 0.99));
        return json;
    }

    private static double ms(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : Math.round(sorted[(int) (quantile * (sorted.length - 1))] / 10_000.0) / 100.0;
    }
}
