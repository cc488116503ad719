package io.antichain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;

/** One named measurement. */
@FunctionalInterface
public interface Measurement {
    /** Measures, saying on stderr how far it is, and returns the figures. */
    JsonNode run() throws Exception;
}
